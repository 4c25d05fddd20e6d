package chat.starling.channel.lookup;

/** A user in a workspace. */
public record UserKey(long workspaceId, long userId) {}
