package chat.starling.channel.relay;

import java.util.List;
import java.util.stream.Stream;

/**
 * A place in a feed's tree.
 *
 * @param epoch the owner's
 * @param path the servers above this place, the owner first; empty for the owner's own
 */
public record Stage(long epoch, List<String> path) {

  /** How many servers there may be above a relay. */
  public static final int DEEPEST = 3;

  public Stage {
    path = List.copyOf(path);
  }

  /** The owner's place. */
  public static Stage owner(long epoch) {
    return new Stage(epoch, List.of());
  }

  /** Whether it is the owner's. */
  public boolean isOwner() {
    return path.isEmpty();
  }

  /** The server next above, for all but the owner. */
  String parent() {
    return path.getLast();
  }

  /** The place of the server next above. */
  Stage above() {
    return new Stage(epoch, path.subList(0, path.size() - 1));
  }

  /** The places below the server that has this one. */
  Stage below(String serverId) {
    return new Stage(epoch, Stream.concat(path.stream(), Stream.of(serverId)).toList());
  }

  /** Whether this place is nearer to the owner than the other one. */
  boolean isAbove(Stage other) {
    return path.size() < other.path.size();
  }

  /** Whether there may be places below. */
  boolean mayGrow() {
    return path.size() < DEEPEST;
  }
}
