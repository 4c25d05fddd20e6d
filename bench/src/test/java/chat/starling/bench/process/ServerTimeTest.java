package chat.starling.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerTimeTest {

  private static final String REST = " S 1 2 3 4 5 6 7 8 9 10 250 50 0 0 20 0 9";

  @Test
  void compilersThread_countsWhatItTookInItsOwnCodeAndInTheKernel() {
    assertThat(CompilerTime.ofStat("4711 (C2 CompilerThre)" + REST))
        .isEqualTo(Duration.ofSeconds(3));
    assertThat(CompilerTime.ofStat("4711 (C1 CompilerThre)" + REST))
        .isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void otherThread_countsNothing() {
    assertThat(CompilerTime.ofStat("4711 (a (odd) name)" + REST)).isZero();
  }

  @Test
  void share_isOfWhatWasTakenSince() {
    var before = new ServerTime(Duration.ofSeconds(10), Duration.ofSeconds(8));
    var now = new ServerTime(Duration.ofSeconds(14), Duration.ofSeconds(9));
    assertThat(now.since(before).compiling()).isEqualTo(0.25);
    assertThat(now.since(before).line()).isEqualTo("4.00 s of CPU, 25 % of it compilers");
  }

  @Test
  void compilersThreadThatEnded_isNoNegativeShare() {
    var before = new ServerTime(Duration.ofSeconds(10), Duration.ofSeconds(8));
    var now = new ServerTime(Duration.ofSeconds(14), Duration.ofSeconds(1));
    assertThat(now.since(before).compiling()).isZero();
    assertThat(ServerTime.NONE.compiling()).isZero();
  }

  @Test
  void processThatIsJava_hasTaken() {
    ServerTime own = ServerTime.of(List.of(ProcessHandle.current().pid()));
    assertThat(own.processor()).isPositive().isGreaterThanOrEqualTo(own.compilers());
  }
}
