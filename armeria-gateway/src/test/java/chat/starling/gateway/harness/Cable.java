package chat.starling.gateway.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * The way from the gateway to a channel server. Cut, it looks as if that had been killed; frozen,
 * as if it had been stopped: connections come about, and nothing is answered.
 */
public final class Cable implements AutoCloseable {

  private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
  private final int target;
  private volatile boolean whole = true;
  private volatile CountDownLatch flow = new CountDownLatch(0);

  public Cable(int target) throws IOException {
    this.target = target;
    Thread.ofVirtual().start(this::accept);
  }

  public int port() {
    return door.getLocalPort();
  }

  /** Resets every connection, and every new one. */
  public void cut() {
    whole = false;
    ends.forEach(Cable::reset);
    ends.clear();
  }

  /** Lets new connections through again. */
  public void mend() {
    whole = true;
  }

  /** Holds every byte back, on new connections too. */
  public void freeze() {
    flow = new CountDownLatch(1);
  }

  /** Lets what was held back through, and what follows. */
  public void thaw() {
    flow.countDown();
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
    thaw();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket near = door.accept();
        if (whole) {
          join(near);
        } else {
          reset(near);
        }
      } catch (IOException e) {
        return;
      }
    }
  }

  private void join(Socket near) throws IOException {
    Socket far = new Socket();
    far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
    ends.add(near);
    ends.add(far);
    Thread.ofVirtual().start(() -> pump(near, far));
    Thread.ofVirtual().start(() -> pump(far, near));
  }

  private void pump(Socket from, Socket to) {
    byte[] bytes = new byte[8192];
    try {
      for (int n = from.getInputStream().read(bytes);
          n >= 0;
          n = from.getInputStream().read(bytes)) {
        flow.await();
        to.getOutputStream().write(bytes, 0, n);
      }
      flow.await();
      to.shutdownOutput();
    } catch (IOException | InterruptedException e) {
      reset(from);
      reset(to);
    }
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // it is closed already
    }
  }
}
