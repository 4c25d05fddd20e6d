package chat.starling.channel.directory;

/**
 * A channel of a workspace.
 *
 * @param id a Snowflake, which holds the time of its creation
 */
public record Channel(long id, long workspaceId, String name, long createdBy) {}
