package chat.starling.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.gateway.admission.WaitingRoom.Cause;
import chat.starling.gateway.limits.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WaitingRoomTest implements WaitingRoom.Door<String> {

  private static final long MILLI = 1_000_000L;

  private final List<String> entered = new ArrayList<>();
  private final Map<String, Cause> refused = new HashMap<>();
  private final List<Duration> comebacks = new ArrayList<>();
  private long now;

  @Test
  void ask_quietTime_entersAtOnceUpToTheBurst() {
    WaitingRoom<String> room = room(10, 100);
    List.of("a", "b", "c").forEach(client -> room.ask(client, false, now));
    assertThat(entered).containsExactly("a", "b");
    assertThat(room.idle(now)).isEqualTo(10 * MILLI);
    pass(room, 10);
    assertThat(entered).containsExactly("a", "b", "c");
    assertThat(room.idle(now)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void time_bothKindsWait_thoseWhoComeBackEnterFirst() {
    WaitingRoom<String> room = room(100, 100);
    List.of("x", "y", "new-1", "new-2").forEach(client -> room.ask(client, false, now));
    List.of("back-1", "back-2").forEach(client -> room.ask(client, true, now));
    pass(room, 40);
    assertThat(entered).containsExactly("x", "y", "back-1", "back-2", "new-1", "new-2");
  }

  @Test
  void ask_asManyUnderWayAsMayBe_waitUntilOneIsOver() {
    WaitingRoom<String> room = room(1, 100);
    room.ask("a", false, now);
    room.ask("b", false, now);
    pass(room, 1000);
    assertThat(entered).containsExactly("a");
    assertThat(room.idle(now)).isEqualTo(4000 * MILLI);
    room.over("a", now);
    assertThat(entered).containsExactly("a", "b");
  }

  @Test
  void ask_everyPlaceTaken_isRefusedAsFull() {
    WaitingRoom<String> room = room(1, 1);
    List.of("a", "b", "c").forEach(client -> room.ask(client, false, now));
    assertThat(refused).containsOnly(Map.entry("c", Cause.FULL));
  }

  @Test
  void ask_everyPlaceTakenByNewOnes_oneWhoComesBackTakesTheLastOnes() {
    WaitingRoom<String> room = room(1, 2);
    List.of("a", "b", "c").forEach(client -> room.ask(client, false, now));
    room.ask("back-1", true, now);
    room.ask("back-2", true, now);
    room.ask("back-3", true, now);
    assertThat(refused.keySet()).containsExactlyInAnyOrder("b", "c", "back-3");
    assertThat(room.waiting()).isEqualTo(2);
  }

  @Test
  void ask_turnWouldComeTooLate_isRefusedAtOnce() {
    WaitingRoom<String> room = room(1000, 10_000);
    for (int i = 0; i < 503 + 5; i++) {
      room.ask("c" + i, false, now);
    }
    assertThat(room.waiting()).isEqualTo(501);
    assertThat(refused)
        .hasSize(5)
        .allSatisfy((c, why) -> assertThat(why).isEqualTo(Cause.TOO_LATE));
    room.ask("back", true, now);
    pass(room, 10);
    assertThat(entered).endsWith("back");
  }

  @Test
  void time_waitedTooLong_isRefused() {
    WaitingRoom<String> room = room(1, 100);
    room.ask("a", false, now);
    room.ask("b", true, now);
    room.ask("c", false, now);
    pass(room, 4999);
    assertThat(refused).isEmpty();
    pass(room, 1);
    assertThat(refused)
        .containsOnly(Map.entry("b", Cause.TOO_LATE), Map.entry("c", Cause.TOO_LATE));
  }

  @Test
  void over_whileWaiting_freesThePlaceInTheQueue() {
    WaitingRoom<String> room = room(1, 2);
    List.of("a", "b", "c").forEach(client -> room.ask(client, false, now));
    room.over("b", now);
    room.ask("d", false, now);
    assertThat(refused).isEmpty();
    room.over("a", now + 100 * MILLI);
    assertThat(entered).containsExactly("a", "c");
  }

  @Test
  void refused_many_areSpreadOverTheTimeInWhichTheyCanBeLetIn() {
    WaitingRoom<String> room = room(1, 0);
    for (int i = 0; i < 3001; i++) {
      room.ask("c" + i, false, now);
    }
    assertThat(comebacks).hasSize(3000);
    assertThat(comebacks.getFirst()).isEqualTo(Duration.ofSeconds(1));
    assertThat(comebacks.get(499)).isEqualTo(Duration.ofSeconds(5));
    assertThat(comebacks.get(999)).isEqualTo(Duration.ofSeconds(10));
    assertThat(comebacks.getLast()).isEqualTo(Duration.ofSeconds(20));
    now += Duration.ofSeconds(60).toNanos();
    room.ask("later", false, now);
    assertThat(comebacks.getLast()).isEqualTo(Duration.ofSeconds(1));
  }

  /** 100 a second, 2 at once; 5 s of waiting; 1 to 20 s until a comeback; no jitter. */
  private WaitingRoom<String> room(int underWay, int waiting) {
    AdmissionRules rules =
        new AdmissionRules(
            new Rate(2, Duration.ofMillis(20)),
            underWay,
            waiting,
            Duration.ofSeconds(5),
            Duration.ofSeconds(20));
    return new WaitingRoom<>(rules, this, () -> 0.5, now);
  }

  private void pass(WaitingRoom<String> room, long millis) {
    long until = now + millis * MILLI;
    while (room.idle(now) <= until - now) {
      now += room.idle(now);
      room.time(now);
    }
    now = until;
    room.time(now);
  }

  @Override
  public void enter(String client) {
    entered.add(client);
  }

  @Override
  public void refuse(String client, Cause cause, Duration retryAfter) {
    refused.put(client, cause);
    comebacks.add(retryAfter);
  }
}
