package chat.starling.client.protocol;

import chat.starling.api.v1.ClientFrame;
import chat.starling.api.v1.Send;
import com.google.protobuf.ByteString;

/** One message of the outbox and how far its sending has come. */
final class Outgoing {
  final long channelId;
  final ByteString nonce;
  private final String text;
  private final String traceparent;
  private int ref;
  private int tries;
  private long firstTry;
  private long actAt;

  Outgoing(long channelId, ByteString nonce, String text, String traceparent) {
    this.channelId = channelId;
    this.nonce = nonce;
    this.text = text;
    this.traceparent = traceparent;
  }

  /** The frame for the next try. */
  ClientFrame.Builder frame() {
    Send.Builder send =
        Send.newBuilder().setChannelId(channelId).setNonce(nonce).setText(text).setRetry(tries > 0);
    return ClientFrame.newBuilder().setTraceparent(traceparent).setSend(send);
  }

  void tried(int sentRef, long now) {
    firstTry = tries == 0 ? now : firstTry;
    tries++;
    ref = sentRef;
    actAt = now + Timing.ANSWER_MILLIS;
  }

  /** This try has failed; the next may be made from this time on. */
  void retryFrom(long at) {
    ref = 0;
    actAt = at;
  }

  boolean inFlight() {
    return ref != 0;
  }

  /** The ref of the try in flight; 0 when there is none. */
  int ref() {
    return ref;
  }

  int tries() {
    return tries;
  }

  /** When to give up a try in flight, or when to make the next. */
  long actAt() {
    return actAt;
  }

  /** When to give up the message; never before its first try. */
  long giveUpAt() {
    return tries == 0 ? Long.MAX_VALUE : firstTry + Timing.PATIENCE_MILLIS;
  }
}
