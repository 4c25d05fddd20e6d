package chat.starling.channel.ownership;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a watcher knows of another server's lease, and the decision to fence it.
 *
 * <p>It counts from the answer that first showed the row. Only a look begun a full watch period
 * later that still shows it leads to fencing, by compare-and-set on exactly that row. A look that
 * fails starts the watch again: when the store was away, nobody could renew.
 */
final class Watch {

  private final String serverId;
  private final long periodNanos;
  private final long intervalNanos;
  private final Rules rules;
  private final Consumer<Effect> out;

  private @Nullable LeaseRow seen;
  private long since;
  private boolean looked;
  private long lookBegun;
  private boolean asking;

  Watch(String serverId, OwnershipSettings settings, Rules rules, Consumer<Effect> out) {
    this.serverId = serverId;
    this.periodNanos = settings.watchPeriod().toNanos();
    this.intervalNanos = settings.lookInterval().toNanos();
    this.rules = rules;
    this.out = out;
  }

  /** The row as last seen; null when nothing is known. */
  @Nullable LeaseRow seen() {
    return seen;
  }

  void tick(long now) {
    if (!asking && (!looked || now - lookBegun >= intervalNanos || periodEnds(now))) {
      sendLook(now);
    }
  }

  private boolean periodEnds(long now) {
    return seen != null && now - since >= periodNanos && lookBegun - since < periodNanos;
  }

  /** Action SendLook of docs/spec/Lease.tla. */
  private void sendLook(long now) {
    looked = true;
    lookBegun = now;
    asking = true;
    out.accept(new Effect.ReadLease(serverId, LeaseReader.WATCHER));
  }

  /**
   * Action Look of docs/spec/Lease.tla.
   *
   * @param row null when the store did not say
   * @param mayFence whether this watcher is sound enough to judge
   */
  void look(@Nullable LeaseRow row, boolean mayFence, long now) {
    asking = false;
    if (row == null || !row.equals(seen)) {
      seen = row;
      since = rules.watchCountsFrom(lookBegun, now);
    } else if (mayFence
        && !row.fenced()
        && rules.watchedLongEnough(since, lookBegun, periodNanos)) {
      fence(row);
    }
  }

  /** Action Fence of docs/spec/Lease.tla. */
  private void fence(LeaseRow row) {
    asking = true;
    out.accept(new Effect.ReplaceLease(serverId, LeaseReader.WATCHER, row, row.fence()));
  }

  /** The answer to the fencing; an unknown one is left for the next look to find out. */
  void fenced(LeaseRow fencedRow, Outcome<LeaseRow> outcome, long now) {
    asking = false;
    switch (outcome) {
      case Outcome.Applied<LeaseRow> _ -> seen = fencedRow;
      case Outcome.Refused<LeaseRow>(LeaseRow current) -> {
        seen = current;
        since = now;
      }
      case Outcome.Unknown<LeaseRow> _ -> {}
    }
  }
}
