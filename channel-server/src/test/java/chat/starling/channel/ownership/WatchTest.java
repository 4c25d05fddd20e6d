package chat.starling.channel.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.channel.ownership.Effect.ReadLease;
import chat.starling.channel.ownership.Effect.ReplaceLease;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchTest {

  private static final long PERIOD = OwnershipSimulation.SETTINGS.watchPeriod().toNanos();
  private static final LeaseRow ROW = new LeaseRow(3, 9, false);
  private static final Effect FENCING =
      new ReplaceLease("a", LeaseReader.WATCHER, ROW, ROW.fence());

  private final List<Effect> effects = new ArrayList<>();
  private final Watch watch = new Watch("a", OwnershipSimulation.SETTINGS, Rules.ALL, effects::add);

  private void look(LeaseRow row, long sent, long answered) {
    watch.tick(sent);
    assertThat(effects.getLast()).isEqualTo(new ReadLease("a", LeaseReader.WATCHER));
    watch.look(row, true, answered);
  }

  @Test
  void look_sameRowAfterAFullPeriod_fencesExactlyThatRow() {
    look(ROW, 0, 100);
    look(ROW, 100 + PERIOD, 200 + PERIOD);
    assertThat(effects).contains(FENCING);
  }

  @Test
  void look_begunBeforeTheFullPeriod_doesNotFence() {
    look(ROW, 0, 100);
    look(ROW, 99 + PERIOD, 10 * PERIOD);
    assertThat(effects).doesNotContain(FENCING);
  }

  @Test
  void look_renewedRow_startsAgain() {
    look(ROW.renewed(), 0, 100);
    look(ROW, PERIOD, PERIOD + 100);
    look(ROW, 2 * PERIOD, 2 * PERIOD + 100);
    assertThat(effects).doesNotContain(FENCING);
  }

  @Test
  void look_failedInBetween_startsAgain() {
    look(ROW, 0, 100);
    watch.tick(PERIOD / 2);
    watch.look(null, true, PERIOD / 2 + 1);
    look(ROW, 2 * PERIOD, 2 * PERIOD + 1);
    assertThat(effects).doesNotContain(FENCING);
  }

  @Test
  void look_watcherWithoutALease_doesNotFence() {
    look(ROW, 0, 100);
    watch.tick(2 * PERIOD);
    watch.look(ROW, false, 2 * PERIOD + 1);
    assertThat(effects).doesNotContain(FENCING);
  }

  @Test
  void fenced_refused_watchesTheNewRowForAFullPeriod() {
    look(ROW, 0, 100);
    look(ROW, 2 * PERIOD, 2 * PERIOD + 1);
    watch.fenced(ROW.fence(), new Outcome.Refused<>(ROW.renewed()), 2 * PERIOD + 2);
    assertThat(watch.seen()).isEqualTo(ROW.renewed());
    effects.clear();
    look(ROW.renewed(), 3 * PERIOD + 1, 3 * PERIOD + 2);
    assertThat(effects).containsExactly(new ReadLease("a", LeaseReader.WATCHER));
  }
}
