package chat.starling.bench.drain;

import chat.starling.bench.wire.Sockets;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.File;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** All clients of a plan, in this process. */
public final class Drain implements AutoCloseable {

  private final CrowdPlan plan;
  private final Sockets sockets;
  private final Finish finish;
  private final List<LoopCrowd> crowds = new ArrayList<>();

  /**
   * Clients that are not there yet.
   *
   * @param clock that messages' texts go by
   * @param onSeen told, on one of the clients' threads, the highest seq that every stream has
   * @param onFault told, on one of the clients' threads, what must not happen and did
   */
  public Drain(CrowdPlan plan, InstantSource clock, LongConsumer onSeen, Consumer<String> onFault) {
    this.plan = plan;
    sockets = new Sockets(plan.loops());
    finish = new Finish(plan.loops(), onSeen);
    ClientBytes bytes = new ClientBytes(plan);
    SslContext tls = tls(plan.authorityFile());
    for (int i = 0; i < plan.loops(); i++) {
      var share = LoopCrowd.Share.of(plan.connections(), i, plan.loops());
      var tally = new Tally(share.count() * plan.looking(), finish, clock);
      var loop = sockets.loops().get(i);
      crowds.add(new LoopCrowd(plan, bytes, sockets, loop, tally, tls, share, onFault));
    }
  }

  /**
   * Opens all sessions; completes once each sees the channel. Nobody may write to it until then.
   */
  public CompletableFuture<Opened> open() {
    var opening = crowds.stream().map(LoopCrowd::open).toList();
    return CompletableFuture.allOf(opening.toArray(CompletableFuture[]::new))
        .thenApply(all ->
            new Opened(
                plan.connections() * plan.streams(),
                opening.stream().mapToLong(CompletableFuture::join).max().orElseThrow()));
  }

  /** What all of them have got. */
  public CompletableFuture<Counts> counts() {
    var counting = crowds.stream().map(LoopCrowd::counts).toList();
    return CompletableFuture.allOf(counting.toArray(CompletableFuture[]::new))
        .thenApply(all ->
            Counts.sum(counting.stream().map(CompletableFuture::join).toList(), finish.seen()));
  }

  @Override
  public void close() {
    crowds.stream().map(LoopCrowd::close).toList().forEach(CompletableFuture::join);
    sockets.close();
  }

  private static @Nullable SslContext tls(@Nullable String authorityFile) {
    if (authorityFile == null) {
      return null;
    }
    try {
      return SslContextBuilder.forClient()
          .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
          .trustManager(new File(authorityFile))
          .applicationProtocolConfig(
              new ApplicationProtocolConfig(
                  ApplicationProtocolConfig.Protocol.ALPN,
                  ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                  ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                  ApplicationProtocolNames.HTTP_2))
          .build();
    } catch (SSLException e) {
      throw new IllegalStateException("no TLS with " + authorityFile, e);
    }
  }
}
