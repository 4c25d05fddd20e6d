package chat.starling.client.protocol;

import chat.starling.api.v1.Backfill;
import chat.starling.api.v1.ClientFrame;

/** The backfill of one channel's gap: asks, one page at a time, until an answer came. */
final class GapFill {
  private static final int PAGE_SIZE = 100;

  private final long channelId;
  private final Backoff backoff;
  private int ref;
  private int tries;
  private long askAt;

  GapFill(long channelId, Backoff backoff) {
    this.channelId = channelId;
    this.backoff = backoff;
  }

  /** Asks for what follows the cursor, unless an answer or a pause is due. */
  void ask(long cursor, Frames frames, long now) {
    if (now < askAt) {
      return;
    }
    tries++;
    askAt = now + Timing.ANSWER_MILLIS;
    Backfill.Builder backfill =
        Backfill.newBuilder().setChannelId(channelId).setAfterSeq(cursor).setPageSize(PAGE_SIZE);
    ref = frames.write(ClientFrame.newBuilder().setBackfill(backfill));
  }

  boolean answeredBy(int answerRef) {
    return ref != 0 && ref == answerRef;
  }

  /** A page came that moved the cursor: the next may be asked for at once. */
  void moved() {
    forget();
    tries = 0;
  }

  /** The answer was of no use: asks again after a pause of at least this many milliseconds. */
  void pause(long atLeastMillis, long now) {
    ref = 0;
    askAt = now + Math.max(atLeastMillis, backoff.delay(tries));
  }

  /** No answer will come on this connection any more. */
  void forget() {
    ref = 0;
    askAt = 0;
  }

  /** When to ask again at the latest, given that the gap is open. */
  long askAt() {
    return askAt;
  }
}
