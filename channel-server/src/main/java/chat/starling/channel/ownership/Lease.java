package chat.starling.channel.ownership;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A server's own lease, as its holder sees it.
 *
 * <p>Every change is one compare-and-set that is settled before the next begins: one whose outcome
 * is unknown is read back and sent again until the row shows what became of it. A lease that ran
 * out can be renewed as long as nobody fenced it, since until then nobody has taken over; fenced,
 * it is over for ever.
 */
final class Lease {

  /** Where in its life a lease is. */
  enum Stage {
    NONE,
    HELD,
    CLOSING,
    CLOSED,
    GONE
  }

  private final String serverId;
  private final long firstCounter;
  private final long leaseNanos;
  private final long renewNanos;
  private final Rules rules;
  private final Consumer<Effect> out;

  private Stage stage = Stage.NONE;
  private LeaseRow row = LeaseRow.NONE;
  private @Nullable LeaseRow next;
  private boolean asking;
  private long firstSent;
  private long lastSent;

  private volatile boolean held;
  private volatile long until;

  Lease(
      String serverId,
      long firstCounter,
      OwnershipSettings settings,
      Rules rules,
      Consumer<Effect> out) {
    this.serverId = serverId;
    this.firstCounter = firstCounter;
    this.leaseNanos = settings.lease().toNanos();
    this.renewNanos = settings.renewInterval().toNanos();
    this.rules = rules;
    this.out = out;
  }

  /** Whether the server may act as owner at this moment of its clock. From any thread. */
  boolean validAt(long now) {
    return held && now - until < 0;
  }

  /** How long it stays valid without another renewal. From any thread. */
  Duration remainingAt(long now) {
    return validAt(now) ? Duration.ofNanos(until - now) : Duration.ZERO;
  }

  Stage stage() {
    return stage;
  }

  /** The incarnation that holds the lease, 0 before it has begun. */
  long incarnation() {
    return row.incarnation();
  }

  /** Begins the incarnation after one that is over, unless it is doing so already. */
  void begin(LeaseRow predecessor, long now) {
    if (stage == Stage.NONE && next == null) {
      row = predecessor;
      change(predecessor.successor(firstCounter), now);
    }
  }

  boolean beginning() {
    return stage == Stage.NONE && next != null;
  }

  /** Gives the lease up for good: from now on it is not valid. */
  void close() {
    held = false;
    if (stage == Stage.HELD) {
      stage = Stage.CLOSING;
    }
  }

  void tick(long now) {
    if (next != null) {
      readBack();
    } else if (stage == Stage.HELD && now - lastSent >= renewNanos) {
      sendRenewal(now);
    } else if (stage == Stage.CLOSING) {
      change(row.fence(), now);
    }
  }

  /** Action SendRenewal of docs/spec/Lease.tla. */
  private void sendRenewal(long now) {
    change(row.renewed(), now);
  }

  private void change(LeaseRow to, long now) {
    next = to;
    firstSent = now;
    send(to, now);
  }

  /** Action SendAgain of docs/spec/Lease.tla, when it is not the first time. */
  private void send(LeaseRow to, long now) {
    lastSent = now;
    asking = true;
    out.accept(new Effect.ReplaceLease(serverId, LeaseReader.HOLDER, row, to));
  }

  private void readBack() {
    if (!asking) {
      asking = true;
      out.accept(new Effect.ReadLease(serverId, LeaseReader.HOLDER));
    }
  }

  /** Action Answer of docs/spec/Lease.tla. */
  void answer(Outcome<LeaseRow> outcome, long now) {
    asking = false;
    switch (outcome) {
      case Outcome.Applied<LeaseRow> _ -> landed(lastSent, now);
      case Outcome.Refused<LeaseRow>(LeaseRow current) -> settle(current, now);
      case Outcome.Unknown<LeaseRow> _ -> {}
    }
  }

  /** The answer to reading back; null when the store did not say. */
  void read(@Nullable LeaseRow current, long now) {
    asking = false;
    if (current != null) {
      settle(current, now);
    }
  }

  private void settle(LeaseRow current, long now) {
    if (current.equals(next)) {
      landed(firstSent, now);
    } else if (current.equals(row) && next != null) {
      send(next, now);
    } else {
      overtaken();
    }
  }

  private void landed(long sent, long now) {
    if (next == null) {
      return;
    }
    row = next;
    next = null;
    if (row.fenced()) {
      stage = Stage.CLOSED;
      return;
    }
    until = rules.leaseCountsFrom(sent, now) + leaseNanos;
    if (stage == Stage.NONE) {
      stage = Stage.HELD;
    }
    held = stage == Stage.HELD;
  }

  /** Somebody else changed the row: who had not begun may try again, who had is over. */
  private void overtaken() {
    next = null;
    held = false;
    switch (stage) {
      case NONE -> row = LeaseRow.NONE;
      case CLOSING -> stage = Stage.CLOSED;
      default -> stage = Stage.GONE;
    }
  }
}
