package chat.starling.gateway.rpc;

import chat.starling.api.v1.Reason;
import chat.starling.gateway.runtime.LiveSession;
import chat.starling.gateway.session.Closes;
import chat.starling.platform.refusal.Refuse;
import com.google.protobuf.ByteString;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpObject;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** What a client says on its stream: one frame at a time, and only when the session takes it. */
final class Uplink implements Subscriber<HttpObject> {

  private final Deframer frames;
  private final int maxFrameBytes;
  private @Nullable Subscription subscription;
  private @Nullable LiveSession session;

  /** The session takes a frame. */
  private boolean wanted;

  /** More bytes have been asked for and have not come. */
  private boolean asked;

  private boolean reading;
  private boolean complete;
  private boolean over;

  /**
   * @param maxFrameBytes of a client's frame
   */
  Uplink(int maxFrameBytes) {
    this.maxFrameBytes = maxFrameBytes;
    this.frames = new Deframer(maxFrameBytes);
  }

  void serve(LiveSession server) {
    session = server;
  }

  void readOn() {
    wanted = true;
    read();
  }

  @Override
  public void onSubscribe(Subscription to) {
    subscription = to;
    readOn();
  }

  @Override
  public void onNext(HttpObject object) {
    asked = false;
    if (object instanceof HttpData data) {
      frames.feed(data.array());
    }
    read();
  }

  @Override
  public void onError(Throwable fault) {
    if (session != null) {
      session.gone();
    }
  }

  @Override
  public void onComplete() {
    complete = true;
    read();
  }

  /** Hands frames over for as long as the session takes them and there are any. */
  private void read() {
    LiveSession taker = session;
    if (reading || taker == null) {
      return; // a frame that is being taken asks for the next
    }
    reading = true;
    while (wanted && !over) {
      ByteString frame = frames.next();
      if (frame == null) {
        needMore(taker);
        break;
      }
      wanted = false;
      taker.take(frame);
      wanted |= taker.accepting();
    }
    reading = false;
  }

  private void needMore(LiveSession taker) {
    if (complete) {
      frames.end();
    }
    Deframer.Fault fault = frames.fault();
    if (fault != null) {
      over = true;
      taker.end(Closes.protocol(refusal(fault).build()));
    } else if (complete) {
      over = true;
      taker.halfClose();
    } else if (!asked && subscription != null) {
      asked = true;
      subscription.request(1);
    }
  }

  private Refuse refusal(Deframer.Fault fault) {
    return switch (fault) {
      case TOO_LONG ->
          Refuse.because(Reason.REASON_TOO_LARGE)
              .field("frame")
              .expected("at most " + maxFrameBytes + " bytes")
              .message("the frame is larger than " + maxFrameBytes + " bytes");
      case UNREADABLE ->
          Refuse.because(Reason.REASON_MALFORMED)
              .expected("gRPC messages without compression")
              .message("the stream cannot be read");
    };
  }
}
