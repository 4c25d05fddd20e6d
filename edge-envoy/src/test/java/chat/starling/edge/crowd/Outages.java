package chat.starling.edge.crowd;

import chat.starling.api.v1.Reason;
import chat.starling.client.ClientListener;
import chat.starling.client.ConnectionState;
import chat.starling.client.RefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** When clients were without a session, and what they were told. */
public final class Outages {

  /**
   * One client's time without a session.
   *
   * @param client whose
   * @param causes of the loss and of each attempt that failed, in their order
   * @param lasted from the loss until the session stood again
   */
  public record Outage(String client, List<Reason> causes, Duration lasted) {}

  private final Queue<Outage> all = new ConcurrentLinkedQueue<>();

  /** All that are over, of all clients. */
  public List<Outage> all() {
    return List.copyOf(all);
  }

  /** What was until now does not count. */
  public void forget() {
    all.clear();
  }

  /** Takes down when this client is without a session. */
  public ClientListener of(String client) {
    return new Watch(client);
  }

  private final class Watch implements ClientListener {

    private final String client;
    private final List<Reason> causes = new ArrayList<>();
    private long begun;

    Watch(String client) {
      this.client = client;
    }

    @Override
    public void onState(ConnectionState state, @Nullable RefusedException cause) {
      if (cause != null) {
        begun = causes.isEmpty() ? System.nanoTime() : begun;
        causes.add(cause.reason());
      } else if (state == ConnectionState.READY && !causes.isEmpty()) {
        Duration lasted = Duration.ofNanos(System.nanoTime() - begun);
        all.add(new Outage(client, List.copyOf(causes), lasted));
        causes.clear();
      }
    }
  }
}
