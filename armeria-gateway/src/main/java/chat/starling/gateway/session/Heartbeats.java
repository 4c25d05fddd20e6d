package chat.starling.gateway.session;

import chat.starling.api.v1.Hello;
import java.time.Duration;

/**
 * How often clients must show that they are there.
 *
 * @param usual between two frames of a client that asks for nothing else
 * @param shortest what a client may ask for
 * @param longest what a client may ask for; not less than the shortest
 * @param grace how much later than agreed is still alive
 */
public record Heartbeats(Duration usual, Duration shortest, Duration longest, Duration grace) {

  /** What holds for the client that says this Hello. */
  Duration interval(Hello hello) {
    return hello.hasHeartbeatInterval() ? within(hello.getHeartbeatInterval()) : usual;
  }

  /** Compares by seconds first: a client may have written any number. */
  private Duration within(com.google.protobuf.Duration wanted) {
    if (wanted.getSeconds() < shortest.toSeconds()) {
      return shortest;
    }
    if (wanted.getSeconds() > longest.toSeconds()) {
      return longest;
    }
    Duration interval = Duration.ofSeconds(wanted.getSeconds(), wanted.getNanos());
    if (interval.compareTo(shortest) < 0) {
      return shortest;
    }
    return interval.compareTo(longest) > 0 ? longest : interval;
  }
}
