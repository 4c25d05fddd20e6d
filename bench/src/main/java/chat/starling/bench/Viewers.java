package chat.starling.bench;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options of every benchmark in which very many look at one channel. */
final class Viewers {

  /** How viewers are spread over connections. */
  record Shape(String name, int connections, int streams) {

    int viewers() {
      return connections * streams;
    }

    String line() {
      return "%s: %d connections of %d streams".formatted(name, connections, streams);
    }
  }

  @Option(
      names = "--connections",
      defaultValue = "10",
      description = "connections when many streams share one; 0 to leave that out")
  private int connections;

  @Option(names = "--streams", defaultValue = "1000", description = "streams of each of them")
  private int streams;

  @Option(
      names = "--direct",
      defaultValue = "10000",
      description = "connections when each has one stream; 0 to leave that out")
  private int direct;

  /** Those that are not left out. */
  List<Shape> shapes() {
    return Stream.of(new Shape("mux", connections, streams), new Shape("direct", direct, 1))
        .filter(shape -> shape.viewers() > 0)
        .toList();
  }

  /** Adds the options that say who looked. */
  void note(Map<String, Object> options) {
    options.put("connections", connections);
    options.put("streams", streams);
    options.put("direct", direct);
  }
}
