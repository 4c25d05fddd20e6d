package chat.starling.devstack.kafka;

import chat.starling.devstack.process.Probe;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Asks a Kafka broker, in its own protocol, which requests it knows. */
public final class KafkaProbe implements Probe {

  private static final short API_VERSIONS = 18;
  private static final int CORRELATION = 0x57A2;
  private static final int LIMIT_MILLIS = 5_000;

  private final InetSocketAddress address;

  /** Asks the broker at this address. */
  public KafkaProbe(InetSocketAddress address) {
    this.address = address;
  }

  @Override
  public void ask() throws IOException {
    try (var socket = new Socket()) {
      socket.connect(address, LIMIT_MILLIS);
      socket.setSoTimeout(LIMIT_MILLIS);
      request(new DataOutputStream(socket.getOutputStream()));
      checkAnswer(new DataInputStream(socket.getInputStream()));
    }
  }

  private static void request(DataOutputStream out) throws IOException {
    out.writeInt(10);
    out.writeShort(API_VERSIONS);
    out.writeShort(0);
    out.writeInt(CORRELATION);
    out.writeShort(-1);
    out.flush();
  }

  private void checkAnswer(DataInputStream in) throws IOException {
    int size = in.readInt();
    int correlation = in.readInt();
    short error = in.readShort();
    if (size < 10 || correlation != CORRELATION || error != 0) {
      throw new IOException("%s answered error %d (expected: 0)".formatted(address, error));
    }
  }
}
