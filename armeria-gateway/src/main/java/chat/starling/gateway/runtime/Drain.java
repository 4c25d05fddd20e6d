package chat.starling.gateway.runtime;

import chat.starling.gateway.admission.Departures;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Empties a gateway that is being stopped: every session leaves at a moment of its own. */
public final class Drain {

  private static final Logger log = LoggerFactory.getLogger(Drain.class);

  private final Sessions sessions;
  private final Departures departures;
  private final ScheduledExecutorService timer;
  private final CompletableFuture<Void> over = new CompletableFuture<>();

  /** A drain that has not begun. */
  public Drain(Sessions sessions, Departures departures, ScheduledExecutorService timer) {
    this.sessions = sessions;
    this.departures = departures;
    this.timer = timer;
  }

  /**
   * Begins; to be called once, when the gateway has said that it is not healthy. New sessions are
   * taken until the lead is over, for the edge may still send some.
   *
   * @return completes when all sessions have left, or need not be waited for any more
   */
  public CompletableFuture<Void> begin() {
    after(departures.lead().toNanos(), this::depart);
    return over;
  }

  private void depart() {
    log.info(
        "{} sessions leave within {} ms", sessions.connected(), departures.window().toMillis());
    sessions.refuseNew();
    sessions.each(session ->
        session.depart(
            departures.moment(() -> ThreadLocalRandom.current().nextDouble()), departures.grace()));
    var _ = sessions.empty().thenRun(() -> over.complete(null));
    after(departures.last().toNanos(), () -> over.complete(null));
  }

  private void after(long nanos, Runnable task) {
    var _ = timer.schedule(task, nanos, TimeUnit.NANOSECONDS);
  }
}
