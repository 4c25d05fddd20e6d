package chat.starling.bench.reference;

import java.util.ArrayList;
import java.util.List;

/** The connections of one event loop of the bare server. On that loop. */
final class BareLoop {

  private final List<BareConnection> connections = new ArrayList<>();
  private long lastSeq;

  void add(BareConnection connection) {
    connections.add(connection);
  }

  void remove(BareConnection connection) {
    connections.remove(connection);
  }

  /** The seq of the last event that was sent. */
  long lastSeq() {
    return lastSeq;
  }

  /**
   * Sends DATA frames to all viewers.
   *
   * @param last the seq of their last event
   */
  void publish(List<byte[]> frames, long last) {
    lastSeq = last;
    for (int i = 0; i < connections.size(); i++) {
      connections.get(i).publish(frames);
    }
  }
}
