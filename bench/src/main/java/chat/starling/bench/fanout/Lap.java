package chat.starling.bench.fanout;

/**
 * One turn within each round: a server that is sent messages in some way.
 *
 * @param name what it is called in results
 */
public record Lap(String name, Source source, Stand stand, Stand.Sending sending) {

  DeliverySlice run() {
    return stand.measure(source, sending);
  }
}
