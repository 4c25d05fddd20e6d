package chat.starling.channel.history;

/** A message that is deleted, and by whom. */
public record Deleted(long messageId, long deletedBy) {}
