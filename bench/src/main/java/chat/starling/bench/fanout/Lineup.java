package chat.starling.bench.fanout;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Servers that take turns, each with viewers of its own; closing it closes the viewers. */
public final class Lineup implements AutoCloseable {

  private record Place(Source source, Stand stand) {}

  private final List<Place> places = new ArrayList<>();

  /** Adds a server whose channel the viewers see. */
  public void add(Source source, DrainProcess viewers) {
    places.add(new Place(source, new Stand(viewers)));
  }

  /** A turn for each, in the order in which they were added. */
  public List<Lap> laps(Function<Source, Stand.Sending> sending) {
    return places.stream()
        .map(at -> new Lap(at.source.name(), at.source, at.stand, sending.apply(at.source)))
        .toList();
  }

  @Override
  public void close() {
    places.forEach(at -> at.stand.close());
  }
}
