package chat.starling.channel.history;

/** Where in a channel's past a page lies. Ids need not exist. */
public sealed interface Position {

  /** The newest messages. */
  record Newest() implements Position {}

  /** The newest messages before an id. */
  record Before(long messageId) implements Position {}

  /** The oldest messages after an id. */
  record After(long messageId) implements Position {}

  /** Half a page before an id, the rest from the id on. */
  record Around(long messageId) implements Position {}
}
