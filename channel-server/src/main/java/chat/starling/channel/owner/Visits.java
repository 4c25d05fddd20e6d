package chat.starling.channel.owner;

import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.platform.refusal.Refuse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.BooleanSupplier;

/** Those who wait until a feed may be shown; what was read before is shown under a lease only. */
final class Visits {

  private static final int MOST = 10_000;

  private final BooleanSupplier leaseValid;
  private final ArrayDeque<Visit> waiting = new ArrayDeque<>();

  Visits(BooleanSupplier leaseValid) {
    this.leaseValid = leaseValid;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Lets the visit wait, unless too many do. */
  void add(Visit visit) {
    if (waiting.size() >= MOST) {
      visit.refuse().accept(crowded());
    } else {
      waiting.add(visit);
    }
  }

  /** Lets a visit in, if this server is certainly the owner at this moment. */
  void admit(Visit visit) {
    if (leaseValid.getAsBoolean()) {
      visit.enter().run();
    } else {
      visit.refuse().accept(leaseOver());
    }
  }

  /** Lets in all who wait. */
  void admitAll() {
    while (!waiting.isEmpty()) {
      admit(waiting.remove());
    }
  }

  /** Turns all away who wait. */
  void refuseAll(Refusal why) {
    waiting.forEach(visit -> visit.refuse().accept(why));
    waiting.clear();
  }

  private static Refusal leaseOver() {
    return Refuse.because(Reason.REASON_UNAVAILABLE)
        .message("this server cannot renew its lease now")
        .retryAfter(Duration.ofSeconds(1))
        .build();
  }

  private static Refusal crowded() {
    return Refuse.because(Reason.REASON_OVERLOADED)
        .message("too much waits for this feed to be read")
        .retryAfter(Duration.ofSeconds(1))
        .build();
  }
}
