package chat.starling.bench.reference;

import chat.starling.bench.process.JsonLines;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.function.Function;

/**
 * The process of a reference server. It is given a {@link ReferencePlan} first and says {@code
 * listening}; each line after that is a {@link Publish}. It ends when its input does.
 */
final class ReferenceMain {

  private ReferenceMain() {}

  static void run(Function<ReferencePlan, ReferenceServer> start) {
    JsonLines lines = JsonLines.ofThisProcess();
    try (ReferenceServer server = start.apply(JsonLines.as(ReferencePlan.class, lines.hear()));
        Health health = new Health()) {
      lines.say(Map.of("listening", new Listening(server.port(), health.port())));
      for (JsonNode line = lines.hear(); line != null; line = lines.hear()) {
        server.publish(JsonLines.as(Publish.class, line));
      }
    }
  }
}
