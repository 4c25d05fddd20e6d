package chat.starling.channel.relay;

import chat.starling.api.internal.v1.SubscribeResponse;
import chat.starling.api.v1.Reason;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A stream to a server: what goes each way stays in order, and may be late. */
final class SimStream {

  /** Who subscribes on it. */
  interface User {
    void added(SimStream from, long fromSeq);

    void event(SimStream from, long seq);

    void refused(SimStream from, Reason reason);

    void referred(SimStream from, String serverId, Stage stage);

    void down(SimStream from);
  }

  private final SimNode to;
  private final User user;
  private final Deque<Runnable> in = new ArrayDeque<>();
  private final Deque<Runnable> out = new ArrayDeque<>();
  private @Nullable Served served;
  private boolean hungUp;
  private boolean broken;

  SimStream(SimNode to, User user) {
    this.to = to;
    this.user = user;
  }

  SimNode to() {
    return to;
  }

  void add(Asker asker, OptionalLong afterSeq) {
    in.add(() -> {
      drop();
      served = new Served(asker);
      to.subscribe(asker.stage(), afterSeq, served);
    });
  }

  void remove() {
    in.add(this::drop);
  }

  /** The user wants nothing more of it; the server hears of that behind what was said before. */
  void hangUp() {
    hungUp = true;
    in.add(this::drop);
  }

  /** The server is gone: what it has sent still comes. */
  void crash() {
    in.clear();
    served = null;
    if (!broken) {
      broken = true;
      out.add(() -> user.down(this));
    }
  }

  boolean isSpent() {
    return (hungUp || broken) && in.isEmpty() && out.isEmpty();
  }

  boolean deliver(Random random) {
    boolean outFirst = random.nextBoolean();
    return outFirst ? deliverOut() || deliverIn() : deliverIn() || deliverOut();
  }

  private boolean deliverOut() {
    Runnable next = out.poll();
    if (next != null && !hungUp) {
      next.run();
    }
    return next != null;
  }

  private boolean deliverIn() {
    if (broken) {
      in.clear();
    }
    Runnable next = in.poll();
    if (next != null) {
      next.run();
    }
    return next != null;
  }

  private void drop() {
    Served old = served;
    if (old != null) {
      served = null;
      to.unsubscribe(old.asker.stage(), old);
    }
  }

  /** The subscription as its server has it; checks that the server keeps to the protocol. */
  private final class Served implements FeedSubscriber {

    private final Asker asker;
    private long next = -1;

    Served(Asker asker) {
      this.asker = asker;
    }

    @Override
    public Asker asker() {
      return asker;
    }

    @Override
    public void added(long lastSeq, long fromSeq) {
      next = fromSeq + 1;
      send(() -> user.added(SimStream.this, fromSeq));
    }

    @Override
    public void refused(Reason reason) {
      send(() -> user.refused(SimStream.this, reason));
    }

    @Override
    public void referred(String serverId, Stage below) {
      send(() -> user.referred(SimStream.this, serverId, below));
    }

    @Override
    public void event(SubscribeResponse event) {
      long seq = event.getEvent().getSeq();
      if (seq != next++) {
        throw new AssertionError(to.id() + " sent " + seq + " instead of " + (next - 1));
      }
      send(() -> user.event(SimStream.this, seq));
    }

    private void send(Runnable what) {
      if (served == this) {
        out.add(what);
      }
    }
  }
}
