package chat.starling.devstack.process;

import java.io.IOException;

/** One real round trip that tells whether a server does its work yet. */
@FunctionalInterface
public interface Probe {

  /**
   * Asks once, and returns when the server has answered as it should.
   *
   * @throws IOException when it has not; the message says what came instead
   */
  void ask() throws IOException;
}
