package chat.starling.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.starling.bench.process.ServerTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  private static final Offset<Double> NEARLY = Offset.offset(0.01);

  @Test
  void ratios_ofAnOddNumberOfRounds_areThoseOfTheMiddleRound() {
    var comparison =
        new Comparison("server", "driver", List.of(round(50, 4), round(10, 90), round(60, 3)));
    assertThat(comparison.throughputRatio()).isCloseTo(0.5, NEARLY);
    assertThat(comparison.latencyRatio(99)).isCloseTo(4, NEARLY);
  }

  @Test
  void ratios_ofAnEvenNumberOfRounds_lieBetweenTheMiddleTwo() {
    var comparison = new Comparison("server", "driver", List.of(round(40, 2), round(60, 4)));
    assertThat(comparison.throughputRatio()).isCloseTo(0.5, NEARLY);
    assertThat(comparison.latencyRatio(99)).isCloseTo(3, NEARLY);
  }

  @Test
  void duel_warmsUp_thenCountsTheRoundsAndSettlesAfterEachTurn() {
    var settled = new AtomicInteger();
    List<String> progress = new ArrayList<>();
    Comparison result =
        new Duel(2, Duration.ofMillis(1), 3, 2, List.of())
            .run(new AtOnce(null), new AtOnce(null), settled::incrementAndGet, progress::add);
    assertThat(result.rounds()).hasSize(3);
    assertThat(progress).hasSizeBetween(5, 9);
    assertThat(settled).hasValue(2 * progress.size());
    assertThat(progress.getFirst()).startsWith("warm-up 1: ");
    assertThat(progress.getLast()).startsWith("round 3: ");
  }

  @Test
  void load_whosePieceFails_endsAndSaysWhose() {
    Side failing = new AtOnce(new IllegalArgumentException("no such channel"));
    assertThatThrownBy(() -> Load.run(failing, 4, Duration.ofSeconds(60)))
        .hasMessage("side: a piece of work failed")
        .hasRootCauseMessage("no such channel");
  }

  private static Round round(long done, long slowness) {
    return new Round(slice(done, slowness * 1_000_000), slice(100, 1_000_000), ServerTime.NONE);
  }

  private static Slice slice(long done, long nanos) {
    Histogram histogram = new Histogram(3);
    histogram.recordValue(nanos);
    return new Slice(Duration.ofSeconds(1), done, 0, histogram);
  }

  /** Answers each piece of work on another thread, or fails. */
  private record AtOnce(@Nullable RuntimeException fault) implements Side {

    @Override
    public String name() {
      return "side";
    }

    @Override
    public CompletionStage<?> send() {
      return CompletableFuture.runAsync(() -> {
        if (fault != null) {
          throw fault;
        }
      });
    }
  }
}
