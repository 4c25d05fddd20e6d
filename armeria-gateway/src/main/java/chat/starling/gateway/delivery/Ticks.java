package chat.starling.gateway.delivery;

import java.time.Duration;

/**
 * How long events wait for others of their session.
 *
 * @param tick while the event loop keeps up; zero for not at all
 * @param longest what it grows to at most
 */
public record Ticks(Duration tick, Duration longest) {}
