package chat.starling.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.bench.reference.BareMain;
import chat.starling.bench.reference.ReferencePlan;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ChildProcessIT {

  @Test
  void child_speaksIsMeasuredAndEndsWhenItsInputDoes() {
    CompletableFuture<JsonNode> heard = new CompletableFuture<>();
    ChildProcess child =
        ChildProcess.start("bare", BareMain.class, List.of("-Xmx64m"), heard::complete);
    try (child) {
      child.say(new ReferencePlan(1, 77, 100));
      JsonNode line = heard.orTimeout(60, TimeUnit.SECONDS).join();
      assertThat(line.path("listening").path("port").asInt()).isPositive();
      assertThat(LiveHeap.of(child.pid()).bytesOf("java.lang.String")).isPositive();
      assertThat(ResidentMemory.of(child.pid())).isPositive();
      assertThat(ProcessorTime.of(List.of(child.pid()))).isPositive();
    }
    assertThat(child.isAlive()).isFalse();
  }
}
