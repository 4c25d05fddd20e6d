package chat.starling.channel.rpc;

import chat.starling.api.internal.v1.AppendManyResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** The open AppendMany streams of this server, one for each gateway. */
public final class AppendStreams {

  private final Appends appends;
  private final int maxUnanswered;
  private final int maxOutboundBytes;
  private final Set<AppendStream> open = ConcurrentHashMap.newKeySet();
  private volatile boolean stopping;

  /**
   * No streams yet.
   *
   * @param maxUnanswered appends on one stream that wait for an answer
   * @param maxOutboundBytes bytes of answers that wait for one gateway to read them
   */
  public AppendStreams(Appends appends, int maxUnanswered, int maxOutboundBytes) {
    this.appends = appends;
    this.maxUnanswered = maxUnanswered;
    this.maxOutboundBytes = maxOutboundBytes;
  }

  /** A new stream, written on this event loop. */
  AppendStream open(ServerCallStreamObserver<AppendManyResponse> call, Executor eventLoop) {
    AppendStream stream =
        new AppendStream(appends, call, eventLoop, maxUnanswered, maxOutboundBytes, open::remove);
    open.add(stream);
    stream.begin();
    if (stopping) {
      stream.stop();
    }
    return stream;
  }

  /** Ends all streams, and those to come, with UNAVAILABLE, after the answers that are due. */
  public void stop() {
    stopping = true;
    open.forEach(AppendStream::stop);
  }
}
