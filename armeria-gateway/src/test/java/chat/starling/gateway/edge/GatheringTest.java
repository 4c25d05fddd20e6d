package chat.starling.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.starling.api.v1.Reason;
import chat.starling.platform.refusal.RefusedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GatheringTest {

  private record Made(List<Integer> keys, CompletableFuture<Map<Integer, String>> answer) {

    /** Every even number has an answer. */
    void end() {
      Map<Integer, String> found = new HashMap<>();
      keys.stream().filter(key -> key % 2 == 0).forEach(key -> found.put(key, "v" + key));
      answer.complete(found);
    }
  }

  private final List<Made> made = new ArrayList<>();
  private final Gathering<Integer, String> gathering =
      new Gathering<>(new Gathering.Bounds(3, 2, 10), this::call);

  @Test
  void ask_whileFewCallsAreUnderWay_goesAtOnce_inCallsOfTheLargestSize() {
    var answers = gathering.ask(List.of(1, 2, 3, 4));
    assertThat(made).extracting(Made::keys).containsExactly(List.of(1, 2, 3), List.of(4));
    made.get(1).end();
    assertThat(answers).isNotDone();
    made.get(0).end();
    assertThat(answers)
        .isCompletedWithValue(
            Map.of(
                1, Optional.empty(),
                2, Optional.of("v2"),
                3, Optional.empty(),
                4, Optional.of("v4")));
  }

  @Test
  void ask_whileCallsAreUnderWay_waits_andGoesTogether() {
    var _ = gathering.ask(List.of(1));
    var _ = gathering.ask(List.of(2));
    var first = gathering.ask(List.of(4));
    var second = gathering.ask(List.of(4, 6));
    assertThat(made).hasSize(2);
    made.get(0).end();
    assertThat(made.get(2).keys()).containsExactly(4, 6);
    made.get(2).end();
    assertThat(first).isCompletedWithValue(Map.of(4, Optional.of("v4")));
    assertThat(second).isCompletedWithValue(Map.of(4, Optional.of("v4"), 6, Optional.of("v6")));
  }

  @Test
  void ask_aboutWhatIsUnderWay_isAnsweredByALaterCall() {
    var _ = gathering.ask(List.of(2));
    var _ = gathering.ask(List.of(2));
    assertThat(made).extracting(Made::keys).containsExactly(List.of(2), List.of(2));
  }

  @Test
  void ask_whenACallFails_failsThoseWhoAskedForIt_andTheOthersGoOn() {
    var failing = gathering.ask(List.of(2));
    var fine = gathering.ask(List.of(4));
    var waiting = gathering.ask(List.of(6));
    made.get(0).answer().completeExceptionally(new IllegalStateException("away"));
    assertThat(failing).isCompletedExceptionally();
    made.get(1).end();
    made.get(2).end();
    assertThat(fine).isCompletedWithValue(Map.of(4, Optional.of("v4")));
    assertThat(waiting).isCompletedWithValue(Map.of(6, Optional.of("v6")));
  }

  @Test
  void ask_beyondWhatMayWait_isOverloaded() {
    var _ = gathering.ask(List.of(1));
    var _ = gathering.ask(List.of(2));
    var _ = gathering.ask(IntStream.range(10, 20).boxed().toList());
    assertThatThrownBy(() -> gathering.ask(List.of(30)).join())
        .cause()
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.reason()).isEqualTo(Reason.REASON_OVERLOADED));
    made.get(0).end();
    assertThat(gathering.ask(List.of(30))).isNotCompletedExceptionally();
  }

  @Test
  void ask_aboutNothing_makesNoCall() {
    assertThat(gathering.ask(List.of())).isCompletedWithValue(Map.of());
    assertThat(made).isEmpty();
  }

  private CompletableFuture<Map<Integer, String>> call(List<Integer> keys) {
    made.add(new Made(keys, new CompletableFuture<>()));
    return made.getLast().answer();
  }
}
