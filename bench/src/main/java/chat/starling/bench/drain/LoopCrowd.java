package chat.starling.bench.drain;

import chat.starling.bench.wire.Sockets;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The clients of one event loop: opens their streams a few at a time, and keeps them alive. On that
 * loop.
 */
final class LoopCrowd {

  /** Streams take turns in as many groups, so that heartbeats do not leave all at once. */
  private static final int TURNS = 64;

  /** Heartbeats leave so many times more often than they must. */
  private static final int EARLY = 2;

  private final CrowdPlan plan;
  private final ClientBytes bytes;
  private final Sockets sockets;
  private final EventLoop loop;
  private final Tally tally;
  private final @Nullable SslContext tls;
  private final int first;
  private final int count;
  private final Consumer<String> onFault;
  private final List<DrainConnection> connections = new ArrayList<>();
  private final List<ChannelFuture> channels = new ArrayList<>();
  private final CompletableFuture<Long> allOpened = new CompletableFuture<>();
  private int begun;
  private int opened;
  private long fromSeq;
  private int turn;
  private boolean beating;
  private boolean ending;

  /**
   * @param share which connections of the plan: the first, and how many
   */
  LoopCrowd(
      CrowdPlan plan,
      ClientBytes bytes,
      Sockets sockets,
      EventLoop loop,
      Tally tally,
      @Nullable SslContext tls,
      Share share,
      Consumer<String> onFault) {
    this.plan = plan;
    this.bytes = bytes;
    this.sockets = sockets;
    this.loop = loop;
    this.tally = tally;
    this.tls = tls;
    this.first = share.first() * plan.streams();
    this.count = share.count() * plan.streams();
    this.onFault = onFault;
  }

  /** Consecutive connections of a plan. */
  record Share(int first, int count) {

    /** The share of one loop among some. */
    static Share of(int connections, int loop, int loops) {
      int from = connections * loop / loops;
      return new Share(from, connections * (loop + 1) / loops - from);
    }
  }

  ClientBytes bytes() {
    return bytes;
  }

  /** Opens all; completes with the seq after which events begin. */
  CompletableFuture<Long> open() {
    loop.execute(() -> {
      for (int i = 0; i < plan.openingAtOnce(); i++) {
        openNext();
      }
    });
    return allOpened;
  }

  /** What was counted; the histograms since the last time. */
  CompletableFuture<Tally.Part> counts() {
    return CompletableFuture.supplyAsync(tally::take, loop);
  }

  /** Closes all. */
  CompletableFuture<Void> close() {
    return CompletableFuture.runAsync(
        () -> {
          ending = true;
          for (ChannelFuture connected : channels) {
            var _ = connected.channel().close();
          }
        },
        loop);
  }

  /** One more client sees the channel, from this seq on; 0 for one that does not look. */
  void opened(long from) {
    opened++;
    fromSeq = Math.max(fromSeq, from);
    if (opened == count) {
      allOpened.complete(fromSeq);
    } else {
      openNext();
    }
  }

  /** Something went wrong. */
  void fault(String what) {
    if (!ending) {
      onFault.accept(what);
      allOpened.completeExceptionally(new IllegalStateException(what));
    }
  }

  /** Clients must say something this often. */
  void heartbeatEvery(long millis) {
    if (!beating) {
      beating = true;
      long pause = Math.max(1, millis / EARLY / TURNS);
      var _ = loop.scheduleAtFixedRate(this::beat, pause, pause, TimeUnit.MILLISECONDS);
    }
  }

  private void beat() {
    if (ending) {
      return;
    }
    for (int i = 0; i < connections.size(); i++) {
      connections.get(i).heartbeat(Math.floorMod(turn - i, TURNS), TURNS);
    }
    turn++;
  }

  private void openNext() {
    if (begun == count || ending) {
      return;
    }
    int connection = begun / plan.streams();
    int stream = begun % plan.streams();
    begun++;
    if (stream == 0) {
      connect(first + connection * plan.streams());
    }
    DrainConnection on = connections.get(connection);
    var _ =
        channels
            .get(connection)
            .addListener(connected -> {
              if (connected.isSuccess()) {
                on.open(stream);
              } else {
                fault("no connection: " + connected.cause());
              }
            });
  }

  private void connect(int firstNumber) {
    DrainConnection connection = new DrainConnection(this, plan, tally, firstNumber);
    connections.add(connection);
    channels.add(
        sockets
            .client(loop)
            .handler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    if (tls != null) {
                      channel
                          .pipeline()
                          .addLast(tls.newHandler(channel.alloc(), plan.host(), plan.port()));
                    }
                    channel.pipeline().addLast(connection);
                  }
                })
            .connect(plan.host(), plan.port()));
  }
}
