package chat.starling.devstack.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * A loopback port that a server will listen on, and the setting that moves it elsewhere.
 *
 * @param number 1 to 65535
 * @param setting what the user types to move it, for example {@code --cql-port}
 */
public record Port(int number, String setting) {

  /** The address on loopback. */
  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), number);
  }

  /**
   * Makes sure that nobody listens there.
   *
   * @throws ServerFailure naming port, server and setting when somebody does
   */
  void requireFree(String server) {
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
  public static List<Port> ephemeral(int count) {
    var sockets = new ArrayList<ServerSocket>();
    try {
      for (int i = 0; i < count; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return sockets.stream()
          .map(socket -> new Port(socket.getLocalPort(), "a new start"))
          .toList();
    } catch (IOException e) {
      throw new ServerFailure("no free port on loopback", e);
    } finally {
      sockets.forEach(Port::close);
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
