package chat.starling.bench.reference;

/**
 * What a reference server is.
 *
 * @param loops threads that serve all connections
 * @param channelId the channel that it has
 * @param textBytes bytes of each message's text
 */
public record ReferencePlan(int loops, long channelId, int textBytes) {}
