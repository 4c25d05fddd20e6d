package chat.starling.gateway.runtime;

import chat.starling.gateway.admission.AdmissionRules;
import chat.starling.gateway.admission.WaitingRoom;
import chat.starling.gateway.session.Closes;
import chat.starling.platform.time.MonotonicClock;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import io.opentelemetry.api.metrics.Meter;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one waiting room of this gateway, on one event loop. A client let in is signed in and its
 * session opened elsewhere, so that a turn of this loop costs next to nothing.
 */
public final class Admissions implements WaitingRoom.Door<Arrival> {

  private final EventLoop loop;
  private final MonotonicClock clock;
  private final WaitingRoom<Arrival> room;
  private final AdmissionMetrics metrics;
  private @Nullable ScheduledFuture<?> timer;
  private volatile int waiting;

  /** A waiting room in which nobody waits. */
  public Admissions(AdmissionRules rules, EventLoop loop, MonotonicClock clock, Meter meter) {
    this.loop = loop;
    this.clock = clock;
    this.metrics = new AdmissionMetrics(meter, () -> waiting);
    this.room =
        new WaitingRoom<>(
            rules, this, () -> ThreadLocalRandom.current().nextDouble(), clock.nanos());
  }

  /**
   * The client asks to come in. Any thread.
   *
   * @param comesBack it had a session and wants it back
   */
  void ask(Arrival client, boolean comesBack) {
    loop.execute(() -> {
      room.ask(client, comesBack, clock.nanos());
      settle();
    });
  }

  /** The client's session stands, or has ended before that. Any thread. */
  void over(Arrival client) {
    loop.execute(() -> {
      room.over(client, clock.nanos());
      settle();
    });
  }

  @Override
  public void enter(Arrival client) {
    metrics.admitted();
    client.enter();
  }

  @Override
  public void refuse(Arrival client, WaitingRoom.Cause cause, Duration retryAfter) {
    metrics.refused(cause);
    client.refuse(Closes.overloaded("more clients connect than this gateway signs in", retryAfter));
  }

  private void pulse() {
    room.time(clock.nanos());
    settle();
  }

  /** Sees to it that the room is told when the next turn comes. */
  private void settle() {
    waiting = room.waiting();
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
    long idle = room.idle(clock.nanos());
    if (idle != Long.MAX_VALUE) {
      timer = loop.schedule(this::pulse, idle, TimeUnit.NANOSECONDS);
    }
  }
}
