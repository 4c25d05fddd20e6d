package chat.starling.channel.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every store of leases does. */
abstract class LeaseStoreContract {

  private static final LeaseRow FIRST = new LeaseRow(1, 42, false);

  /** A store without rows. */
  abstract LeaseStore store();

  @Test
  void read_noRow_isNone() {
    assertThat(now(store().read("a"))).isEqualTo(LeaseRow.NONE);
  }

  @Test
  void replace_expectedRow_isAppliedAndRead() {
    LeaseStore store = store();
    assertThat(now(store.replace("a", LeaseRow.NONE, FIRST))).isEqualTo(new Outcome.Applied<>());
    assertThat(now(store.replace("a", FIRST, FIRST.renewed()))).isEqualTo(new Outcome.Applied<>());
    assertThat(now(store.read("a"))).isEqualTo(FIRST.renewed());
    assertThat(now(store.read("b"))).isEqualTo(LeaseRow.NONE);
  }

  @Test
  void replace_anotherRow_isRefusedAndShown() {
    LeaseStore store = store();
    now(store.replace("a", LeaseRow.NONE, FIRST));
    assertThat(now(store.replace("a", LeaseRow.NONE, FIRST.renewed())))
        .isEqualTo(new Outcome.Refused<>(FIRST));
    assertThat(now(store.replace("a", FIRST.fence(), FIRST.renewed())))
        .isEqualTo(new Outcome.Refused<>(FIRST));
    assertThat(now(store.replace("a", FIRST.renewed(), FIRST.fence())))
        .isEqualTo(new Outcome.Refused<>(FIRST));
    assertThat(now(store.read("a"))).isEqualTo(FIRST);
  }

  @Test
  void replace_rowThatIsNotThere_isRefused() {
    assertThat(now(store().replace("a", FIRST, FIRST.renewed())))
        .isEqualTo(new Outcome.Refused<>(LeaseRow.NONE));
  }

  @Test
  void replace_manyAtOnce_appliesOne() {
    LeaseStore store = store();
    now(store.replace("a", LeaseRow.NONE, FIRST));
    List<CompletionStage<Outcome<LeaseRow>>> outcomes =
        LongStream.rangeClosed(100, 107)
            .mapToObj(counter -> store.replace("a", FIRST, new LeaseRow(1, counter, false)))
            .toList();
    assertThat(
            outcomes.stream()
                .map(LeaseStoreContract::now)
                .filter(Outcome.Applied.class::isInstance))
        .hasSize(1);
  }

  static <R> R now(CompletionStage<R> stage) {
    return stage.toCompletableFuture().join();
  }
}
