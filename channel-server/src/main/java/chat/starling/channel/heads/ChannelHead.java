package chat.starling.channel.heads;

/**
 * One channel's place.
 *
 * @param seq its last acked seq, or one before it; 0 without events
 */
public record ChannelHead(long channelId, long seq) {}
