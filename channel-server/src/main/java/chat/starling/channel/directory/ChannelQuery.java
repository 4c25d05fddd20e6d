package chat.starling.channel.directory;

/**
 * Which channels are listed.
 *
 * @param memberId only channels of this user; 0 for all
 */
public record ChannelQuery(long workspaceId, long memberId) {}
