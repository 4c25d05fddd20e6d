package chat.starling.bench.drain;

import chat.starling.bench.wire.Http2;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which clients to be.
 *
 * @param host where they connect
 * @param port where they connect
 * @param authorityFile what they trust, in PEM; null for clear text
 * @param connections how many
 * @param streams of each connection
 * @param looking how many streams of each connection look at the channel; the others sign in only
 * @param loops threads that all clients share
 * @param channelId the channel that all look at
 * @param tokens given to the streams in turn
 * @param streamWindow bytes that a stream takes before it says that it takes more
 * @param connectionWindow bytes that a connection takes before it says that it takes more
 * @param openingAtOnce streams of each thread that are being opened at the same time
 */
public record CrowdPlan(
    String host,
    int port,
    @Nullable String authorityFile,
    int connections,
    int streams,
    int looking,
    int loops,
    long channelId,
    List<String> tokens,
    int streamWindow,
    int connectionWindow,
    int openingAtOnce) {

  private static final int OPENING_AT_ONCE = 32;

  /** Refuses a plan that nobody could carry out. */
  public CrowdPlan {
    tokens = List.copyOf(tokens);
    if (looking < 1 || looking > streams) {
      throw new IllegalArgumentException(
          "%d looking (expected: 1..%d)".formatted(looking, streams));
    }
    if (connections < 1 || streams < 1 || loops < 1 || openingAtOnce < 1 || tokens.isEmpty()) {
      throw new IllegalArgumentException(
          "%d connections of %d streams on %d threads, %d at once, with %d tokens (expected: 1..)"
              .formatted(connections, streams, loops, openingAtOnce, tokens.size()));
    }
  }

  /** Clients in clear text on one thread, with windows as Envoy has them. */
  public static CrowdPlan of(
      String host, int port, int connections, int streams, long channelId, List<String> tokens) {
    return new CrowdPlan(
        host,
        port,
        null,
        connections,
        streams,
        streams,
        1,
        channelId,
        tokens,
        Http2.STREAM_WINDOW,
        Http2.CONNECTION_WINDOW,
        OPENING_AT_ONCE);
  }

  /** The same by TLS, trusting this. */
  public CrowdPlan withTls(String trusted) {
    return new CrowdPlan(
        host,
        port,
        trusted,
        connections,
        streams,
        looking,
        loops,
        channelId,
        tokens,
        streamWindow,
        connectionWindow,
        openingAtOnce);
  }

  /** The same with these windows. */
  public CrowdPlan withWindows(int stream, int connection) {
    return new CrowdPlan(
        host,
        port,
        authorityFile,
        connections,
        streams,
        looking,
        loops,
        channelId,
        tokens,
        stream,
        connection,
        openingAtOnce);
  }

  /** The same on so many threads, of which none has more than an equal share. */
  public CrowdPlan withLoops(int changed) {
    return new CrowdPlan(
        host,
        port,
        authorityFile,
        connections,
        streams,
        looking,
        Math.min(changed, connections),
        channelId,
        tokens,
        streamWindow,
        connectionWindow,
        openingAtOnce);
  }

  /** The same, with so many streams of each connection looking at the channel. */
  public CrowdPlan withLooking(int changed) {
    return new CrowdPlan(
        host,
        port,
        authorityFile,
        connections,
        streams,
        changed,
        loops,
        channelId,
        tokens,
        streamWindow,
        connectionWindow,
        openingAtOnce);
  }

  /** Streams of all connections that look at the channel. */
  public int allLooking() {
    return connections * looking;
  }
}
