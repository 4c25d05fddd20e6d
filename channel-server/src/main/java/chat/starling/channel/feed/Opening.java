package chat.starling.channel.feed;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far an owner is with a feed, from what the store shows to the right to write: its mark, then
 * the start of its epoch, and the look at the lease before anything is shown.
 */
final class Opening {

  /** Where on that way it is. */
  enum Phase {
    /** Starts, head, log and marks are being read. */
    RECOVERING,
    /** Nothing is going on: no mark of this epoch. */
    CLEAN,
    /** The mark of this epoch is on its way. */
    MARKING,
    /** The start of this epoch is on its way. */
    FIXING,
    /** Appends are taken. */
    OPEN,
    /** This server is not the owner any more. */
    LOST
  }

  private final Tenure tenure;
  private final Duration retention;
  private final InstantSource clock;
  private final FeedEffects effects;
  private final Progress progress;
  private final Runnable onReady;

  private Phase phase = Phase.RECOVERING;
  private boolean readable;
  private @Nullable Runnable untilValid;
  private EpochStarts starts = EpochStarts.NONE;
  private List<Long> formerMarks = List.of();
  private long recoveredTail;

  /**
   * A feed of which nothing is known yet.
   *
   * @param retention how long the log keeps its rows
   * @param onReady runs whenever the feed has become clean or open
   */
  Opening(
      Tenure tenure,
      Duration retention,
      InstantSource clock,
      FeedEffects effects,
      Progress progress,
      Runnable onReady) {
    this.tenure = tenure;
    this.retention = retention;
    this.clock = clock;
    this.effects = effects;
    this.progress = progress;
    this.onReady = onReady;
  }

  Phase phase() {
    return phase;
  }

  boolean is(Phase one) {
    return phase == one;
  }

  /** Whether what the feed holds may be shown, as far as the lease is valid. */
  boolean readable() {
    return readable;
  }

  EpochStarts starts() {
    return starts;
  }

  /** Judges what the store holds; false when it shows that the feed is a later owner's. */
  boolean recovered(Recovered found) {
    starts = found.starts();
    recoveredTail = found.tail();
    formerMarks = found.markedEpochs().stream().filter(e -> e != tenure.epoch()).toList();
    if (found.lastEpoch() > tenure.epoch()) {
      return false;
    }
    if (found.clean()) {
      whenValid(() -> ready(Phase.CLEAN));
    } else {
      mark();
    }
    return true;
  }

  /** Action Open of docs/spec/Feed.tla. */
  void mark() {
    phase = Phase.MARKING;
    effects.open(progress.mark(tenure.epoch()));
  }

  /** Action Marked of docs/spec/Feed.tla. */
  void marked() {
    if (phase != Phase.MARKING) {
      return;
    }
    if (starts.startOf(tenure.epoch()) > 0) {
      reopen();
      return;
    }
    phase = Phase.FIXING;
    var start = new EpochStarts.Start(tenure.epoch(), recoveredTail + 1, clock.millis());
    effects.fixStart(starts, starts.with(start, retention));
  }

  /** Opens again under a start that is fixed; what was not shown before needs the lease. */
  private void reopen() {
    if (readable) {
      ready(Phase.OPEN);
    } else {
      whenValid(() -> ready(Phase.OPEN));
    }
  }

  /** Action Fixed of docs/spec/Feed.tla. */
  void startKnown(EpochStarts now) {
    if (phase != Phase.FIXING) {
      return;
    }
    if (now.startOf(tenure.epoch()) == recoveredTail + 1) {
      starts = now;
      whenValid(() -> ready(Phase.OPEN));
    } else {
      phase = Phase.RECOVERING;
      effects.recover();
    }
  }

  /** Action Close of docs/spec/Feed.tla: the followers have everything. */
  void close() {
    phase = Phase.CLEAN;
    effects.close(formerMarks);
    formerMarks = List.of();
  }

  /**
   * Takes the marks that the store holds.
   *
   * @param clean whether nothing is going on, so that none of them means anything
   */
  void marksFound(List<OpenMark> marks, boolean clean) {
    formerMarks =
        marks.stream().map(OpenMark::epoch).filter(epoch -> epoch < tenure.epoch()).toList();
    if (!clean || marks.isEmpty()) {
      return;
    }
    if (formerMarks.isEmpty() || starts.startOf(tenure.epoch()) > 0) {
      close();
    } else {
      // A late row of whoever left the mark is the truth until this epoch has a start.
      mark();
    }
  }

  /** Does what waits for the lease, if it is valid again. */
  void leaseMayBeBack() {
    Runnable step = untilValid;
    if (step != null) {
      untilValid = null;
      whenValid(step);
    }
  }

  void lose() {
    phase = Phase.LOST;
    readable = false;
    untilValid = null;
  }

  private void whenValid(Runnable step) {
    if (tenure.valid().getAsBoolean()) {
      step.run();
    } else {
      untilValid = step;
      effects.awaitLease();
    }
  }

  private void ready(Phase reached) {
    phase = reached;
    readable = true;
    onReady.run();
  }
}
