package chat.starling.client.protocol;

import chat.starling.api.v1.ClientFrame;
import chat.starling.api.v1.Resume;
import chat.starling.api.v1.ServerFrame;
import java.util.Random;
import java.util.function.Consumer;

/**
 * A network between a session and a simulated server: ordered within a connection, and cut at will.
 */
final class SimulatedWire implements Wire {
  private final VirtualTime time;
  private final Random random;
  private final SimulatedServer server;
  private Consumer<Consumer<Session>> client = step -> {};
  private int connection;
  private boolean up;
  private long lastUp;
  private long lastDown;

  SimulatedWire(VirtualTime time, Random random, SimulatedServer server) {
    this.time = time;
    this.random = random;
    this.server = server;
  }

  /** Whose wire this is; {@code afterStep} runs after each thing that it brings the session. */
  void connectTo(Session session, Runnable afterStep) {
    client =
        step -> {
          step.accept(session);
          afterStep.run();
        };
  }

  /** The network loses the connection: what is on its way is lost, and both ends get to know. */
  void cut() {
    if (up) {
      server.disconnected();
      int cut = connection;
      up = false;
      connection++;
      time.after(
          random.nextInt(200),
          () -> {
            if (connection == cut + 1 && !up) {
              up = true;
              client.accept(session -> session.ended(Refusals.unavailable("cut"), time.now()));
            }
          });
    }
  }

  @Override
  public void open(int ref, Resume resume, boolean newToken) {
    connection++;
    up = true;
    int of = connection;
    uplink(of, () -> server.hello(ref, resume, frame -> downlink(of, frame)));
  }

  @Override
  public void write(ClientFrame frame) {
    uplink(connection, () -> server.receive(frame));
  }

  @Override
  public void drop() {
    if (up) {
      server.disconnected();
    }
    up = false;
    connection++;
  }

  private void uplink(int of, Runnable step) {
    lastUp = Math.max(lastUp, time.now() + random.nextInt(30));
    time.after(
        lastUp - time.now(),
        () -> {
          if (of == connection && up) {
            step.run();
          }
        });
  }

  private void downlink(int of, ServerFrame frame) {
    lastDown = Math.max(lastDown, time.now() + random.nextInt(30));
    time.after(
        lastDown - time.now(),
        () -> {
          if (of == connection && up) {
            client.accept(session -> session.frame(frame, time.now()));
          }
        });
  }
}
