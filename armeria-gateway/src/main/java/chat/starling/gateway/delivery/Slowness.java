package chat.starling.gateway.delivery;

import java.time.Duration;

/**
 * What is put up with from a client that reads slowly.
 *
 * @param maxBytes that wait for it before events are taken back
 * @param maxMessages that wait for it before events are taken back
 * @param patience how long it may read nothing of what waits before its stream is ended
 */
public record Slowness(long maxBytes, int maxMessages, Duration patience) {}
