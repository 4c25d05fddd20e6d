package chat.starling.channel.ownership;

import chat.starling.platform.ring.Shard;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One shard as one server sees it: what the store last showed, and how far a claim or a release has
 * come.
 *
 * <p>A claim or release that was sent is never given up: one whose outcome is unknown is sent again
 * until the row shows what became of it, so nothing of it can land later unnoticed.
 */
final class ShardSlot {

  /** How the server stands to the shard. */
  enum Stage {
    AWAY,
    CLAIMING,
    OWNED,
    FINISHING,
    RELEASING
  }

  private final Shard shard;
  private final OwnedShards owned;
  private final Consumer<Effect> out;

  private Stage stage = Stage.AWAY;
  private @Nullable ShardOwner row;
  private @Nullable ShardOwner next;
  private boolean asking;
  private boolean handing;
  private long handedAt;

  ShardSlot(Shard shard, OwnedShards owned, Consumer<Effect> out) {
    this.shard = shard;
    this.owned = owned;
    this.out = out;
  }

  Shard shard() {
    return shard;
  }

  Stage stage() {
    return stage;
  }

  /** What the store last showed; null when nothing is known yet. */
  @Nullable ShardOwner row() {
    return row;
  }

  /** Whether a compare-and-set went out and its outcome is unknown. */
  boolean inDoubt() {
    return next != null && !asking;
  }

  /**
   * Whether the shard was given up less than {@code patience} ago and nobody has claimed it yet.
   */
  boolean handing(long now, long patience) {
    return handing && now - handedAt < patience;
  }

  /** Action Claim of docs/spec/Ring.tla. */
  void claim(ShardOwner seen, Incarnation self) {
    stage = Stage.CLAIMING;
    send(seen.claimedBy(self));
  }

  /** What this incarnation claimed without ever having heard the answer. */
  void adopt(ShardOwner mine) {
    open(mine);
  }

  /** Tells the feeds of the shard to finish what is in flight; says whether they were told. */
  boolean finish() {
    if (row == null) {
      return false;
    }
    stage = Stage.FINISHING;
    out.accept(new Effect.Finish(shard, row.epoch()));
    return true;
  }

  /** Action Release of docs/spec/Ring.tla. */
  void release() {
    if (row != null) {
      stage = Stage.RELEASING;
      owned.remove(shard);
      send(row.givenUp());
    }
  }

  private void send(ShardOwner to) {
    next = to;
    asking = true;
    out.accept(new Effect.ReplaceOwner(row == null ? ShardOwner.none(shard) : row, to));
  }

  /** The outcome of the claim or release to {@code wanted}. */
  void answer(ShardOwner wanted, Outcome<ShardOwner> outcome, long now) {
    if (wanted.equals(next)) {
      asking = false;
    }
    switch (outcome) {
      case Outcome.Applied<ShardOwner> _ -> learn(wanted, now);
      case Outcome.Refused<ShardOwner>(ShardOwner current) -> learn(current, now);
      case Outcome.Unknown<ShardOwner> _ -> {}
    }
  }

  /** A row that the store showed; rows may come in any order. Says whether it was news. */
  boolean learn(ShardOwner shown, long now) {
    if (row == null || shown.isAfter(row)) {
      row = shown;
      owned.held(shard, shown.owner());
      handing = false;
      move(shown, now);
      return true;
    }
    if (next != null && !asking && shown.equals(row)) {
      send(next);
    }
    return false;
  }

  private void move(ShardOwner shown, long now) {
    boolean landed = shown.equals(next);
    next = null;
    asking = false;
    switch (stage) {
      case AWAY -> {}
      case CLAIMING -> {
        stage = Stage.AWAY;
        if (landed) {
          open(shown);
        }
      }
      case RELEASING -> {
        stage = Stage.AWAY;
        handing = landed;
        handedAt = now;
      }
      case OWNED, FINISHING -> lose();
    }
  }

  private void open(ShardOwner mine) {
    stage = Stage.OWNED;
    owned.put(shard, mine.epoch());
    out.accept(new Effect.Opened(shard, mine.epoch()));
  }

  /** The shard is gone without having been given up. */
  void lose() {
    if (stage == Stage.OWNED || stage == Stage.FINISHING) {
      long epoch = owned.epochOf(shard);
      owned.remove(shard);
      out.accept(new Effect.Lost(shard, epoch));
    }
    stage = Stage.AWAY;
  }
}
