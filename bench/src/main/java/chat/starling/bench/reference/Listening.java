package chat.starling.bench.reference;

/**
 * A reference server is there.
 *
 * @param port for clients, in clear text
 * @param healthPort answers {@code GET /health}
 */
public record Listening(int port, int healthPort) {}
