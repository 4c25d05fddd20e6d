package chat.starling.devstack.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A loopback port that a server will listen on, and the setting that moves it elsewhere.
 *
 * @param number 1 to 65535
 * @param setting what the user types to move it, for example {@code --cql-port}
 */
public record Port(int number, String setting) {

  private static final int HIGHEST = 65_535;

  /**
   * Free ports come from below those that systems give to outgoing connections: one of these could
   * take the port of a server that is down for a moment.
   */
  private static final int LOWEST_FREE = 15_000;

  private static final int HIGHEST_FREE = 30_000;
  private static final int MOST_TRIES = 10_000;

  /** Refuses what is not a port. */
  public Port {
    if (number < 1 || number > HIGHEST) {
      throw new ServerFailure("%s: %d (expected: 1..%d)".formatted(setting, number, HIGHEST));
    }
  }

  /** The address on loopback. */
  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), number);
  }

  /**
   * Makes sure that nobody listens there.
   *
   * @throws ServerFailure naming port, server and setting when somebody does
   */
  public void requireFree(String server) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(address());
    } catch (IOException e) {
      throw new ServerFailure(
          "%s: port %d is in use (expected: a free port; move it with %s)"
              .formatted(server, number, setting),
          e);
    }
  }

  /** Ports that were free a moment ago, all different. */
  public static List<Port> free(int count) {
    var sockets = new ArrayList<ServerSocket>();
    try {
      for (int tries = 0; sockets.size() < count; tries++) {
        take(ThreadLocalRandom.current().nextInt(LOWEST_FREE, HIGHEST_FREE), tries, sockets);
      }
      return sockets.stream()
          .map(socket -> new Port(socket.getLocalPort(), "a new start"))
          .toList();
    } finally {
      sockets.forEach(Port::close);
    }
  }

  private static void take(int number, int tries, List<ServerSocket> taken) {
    try {
      taken.add(new ServerSocket(number, 1, InetAddress.getLoopbackAddress()));
    } catch (IOException e) {
      if (tries > MOST_TRIES) {
        throw new ServerFailure("no free port on loopback", e);
      }
    }
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new ServerFailure("port " + socket.getLocalPort() + " could not be given back", e);
    }
  }
}
