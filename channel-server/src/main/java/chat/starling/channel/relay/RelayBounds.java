package chat.starling.channel.relay;

/**
 * What a server may hold of others' feeds.
 *
 * @param maxFeeds feeds that it passes on at once
 * @param tailEvents events of each that it keeps for those who join
 * @param tailBytes bytes of them
 */
public record RelayBounds(int maxFeeds, int tailEvents, int tailBytes) {}
