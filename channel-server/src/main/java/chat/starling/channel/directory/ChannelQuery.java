package chat.starling.channel.directory;

/**
 * Which channels are listed.
 *
 * @param memberId only channels of this user; 0 for all
 * @param viewerId who asks, so that only channels are listed that are there for him; 0 for nobody
 *     in particular
 */
public record ChannelQuery(long workspaceId, long memberId, long viewerId) {}
