package chat.starling.devstack.redis;

import chat.starling.devstack.process.Probe;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Sends a Redis server a PING. */
public final class RedisProbe implements Probe {

  private static final int LIMIT_MILLIS = 2_000;

  private final InetSocketAddress address;

  /** Asks the server at this address. */
  public RedisProbe(InetSocketAddress address) {
    this.address = address;
  }

  @Override
  public void ask() throws IOException {
    try (var socket = new Socket()) {
      socket.connect(address, LIMIT_MILLIS);
      socket.setSoTimeout(LIMIT_MILLIS);
      socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      var in = new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII);
      String answer = new BufferedReader(in).readLine();
      if (!"+PONG".equals(answer)) {
        throw new IOException("%s answered '%s' (expected: +PONG)".formatted(address, answer));
      }
    }
  }
}
