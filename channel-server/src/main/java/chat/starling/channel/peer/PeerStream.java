package chat.starling.channel.peer;

import chat.starling.api.internal.v1.SubscribeRequest;
import chat.starling.api.internal.v1.SubscribeResponse;
import chat.starling.channel.owner.Loop;
import chat.starling.platform.ring.Member;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;

/** A Subscribe stream to another channel server, from its opening to its end. On one loop. */
final class PeerStream implements StreamObserver<SubscribeResponse> {

  /** What a stream brings, on the loop. */
  interface Events {

    /** The next message. */
    void came(PeerStream from, SubscribeResponse response);

    /** It is over. */
    void ended(PeerStream from, String why);
  }

  private final Member to;
  private final Loop loop;
  private final Events events;
  private @Nullable StreamObserver<SubscribeRequest> requests;

  PeerStream(Member to, Loop loop, Events events) {
    this.to = to;
    this.loop = loop;
    this.events = events;
  }

  /** Whom it goes to. */
  Member to() {
    return to;
  }

  void begin(StreamObserver<SubscribeRequest> opened) {
    requests = opened;
  }

  void ask(SubscribeRequest request) {
    if (requests != null) {
      requests.onNext(request);
    }
  }

  /** Ends it; whatever still comes is nobody's. */
  void end() {
    if (requests != null) {
      requests.onCompleted();
    }
  }

  @Override
  public void onNext(SubscribeResponse response) {
    loop.execute(() -> events.came(this, response));
  }

  @Override
  public void onError(Throwable fault) {
    loop.execute(() -> events.ended(this, String.valueOf(fault.getMessage())));
  }

  @Override
  public void onCompleted() {
    loop.execute(() -> events.ended(this, "the server ended it"));
  }
}
