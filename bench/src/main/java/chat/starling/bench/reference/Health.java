package chat.starling.bench.reference;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Answers Envoy's question whether the server is well. */
final class Health implements AutoCloseable {

  private static final int OK = 200;
  private static final int NO_BODY = -1;

  private final HttpServer server;

  Health() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/health",
        exchange -> {
          exchange.sendResponseHeaders(OK, NO_BODY);
          exchange.close();
        });
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
