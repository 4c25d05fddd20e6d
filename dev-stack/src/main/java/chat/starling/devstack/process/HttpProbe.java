package chat.starling.devstack.process;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;

/** Asks a server for a page that it serves, with status 200, once it is ready. */
public final class HttpProbe implements Probe {

  private static final int LIMIT_MILLIS = 2_000;

  private final URI page;

  /** Asks for this path at this address. */
  public HttpProbe(InetSocketAddress address, String path) {
    page = URI.create("http://%s:%d%s".formatted(address.getHostString(), address.getPort(), path));
  }

  @Override
  public void ask() throws IOException {
    var connection = (HttpURLConnection) page.toURL().openConnection();
    connection.setConnectTimeout(LIMIT_MILLIS);
    connection.setReadTimeout(LIMIT_MILLIS);
    try {
      int status = connection.getResponseCode();
      if (status != HttpURLConnection.HTTP_OK) {
        throw new IOException("%s answered %d (expected: 200)".formatted(page, status));
      }
    } finally {
      connection.disconnect();
    }
  }
}
