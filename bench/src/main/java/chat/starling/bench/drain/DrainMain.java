package chat.starling.bench.drain;

import chat.starling.bench.process.JsonLines;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.InstantSource;
import java.util.Map;

/**
 * The process of very many clients. It is given a {@link CrowdPlan} first, then asked for counts
 * with {@code {"do":"counts"}}; it says {@code opened}, {@code counts}, and of itself {@code seen}
 * and {@code fault}, and ends when its input does.
 */
public final class DrainMain {

  private DrainMain() {}

  /** Runs until the input ends. */
  public static void main(String... arguments) {
    JsonLines lines = JsonLines.ofThisProcess();
    CrowdPlan plan = JsonLines.as(CrowdPlan.class, lines.hear());
    try (Drain drain =
        new Drain(
            plan,
            InstantSource.system(),
            seq -> lines.say(Map.of("seen", seq)),
            what -> lines.say(Map.of("fault", what)))) {
      drain
          .open()
          .thenAccept(opened -> lines.say(Map.of("opened", opened)))
          .exceptionally(fault -> {
            lines.say(Map.of("fault", String.valueOf(fault)));
            return null;
          });
      for (JsonNode line = lines.hear(); line != null; line = lines.hear()) {
        lines.say(Map.of("counts", drain.counts().join()));
      }
    }
  }
}
