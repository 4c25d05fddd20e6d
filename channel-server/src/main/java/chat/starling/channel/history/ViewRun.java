package chat.starling.channel.history;

/**
 * A run of messages in the history view, as it is asked for; equal runs are read once, unless
 * something was deleted in between.
 */
sealed interface ViewRun {

  long channelId();

  int limit();

  /** Messages with ids below this one, newest first. */
  record Below(long channelId, long id, int limit, ViewState state) implements ViewRun {}

  /** Messages with ids {@code from <= id < end}, oldest first. */
  record Between(long channelId, long from, long end, int limit, ViewState state)
      implements ViewRun {}
}
