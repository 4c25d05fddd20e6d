package chat.starling.channel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a starting server relies on: its epoch is nobody else's and larger than all before. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CqlServerEpochsIT {

  private static final int SERVERS = 5;

  @RegisterExtension static final TestTables TABLES = new TestTables("contract_epochs");

  private final CqlServerEpochs epochs = new CqlServerEpochs(TABLES.tables());

  @Test
  @Order(1)
  void take_byManyServersThatStartAtOnceForTheFirstTime_givesEachItsOwn() {
    assertThat(takeAtOnce()).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  @Order(2)
  void take_byManyServersAtOnce_givesEachItsOwnAndALargerOne() {
    long before = take();
    assertThat(takeAtOnce()).doesNotHaveDuplicates().allMatch(epoch -> epoch > before);
  }

  @Test
  @Order(2)
  void take_oneAfterTheOther_rises() {
    long first = take();
    assertThat(take()).isGreaterThan(first);
  }

  @Test
  @Order(2)
  void take_answerLost_failsAndTheNextIsLarger() {
    for (boolean done : new boolean[] {true, false}) {
      long before = take();
      TABLES.failChange(0, done);
      CompletionStage<Long> lost = epochs.take();
      assertThatThrownBy(() -> TestTables.answer(lost)).isNotNull();
      assertThat(take()).isGreaterThan(before);
    }
  }

  private long take() {
    return TestTables.answer(epochs.take());
  }

  private static List<Long> takeAtOnce() {
    List<CompletionStage<Long>> taken =
        Stream.generate(() -> new CqlServerEpochs(TABLES.tables())).limit(SERVERS).toList().stream()
            .map(CqlServerEpochs::take)
            .toList();
    return taken.stream().map(TestTables::answer).toList();
  }
}
