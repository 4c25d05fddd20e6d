package chat.starling.channel.feed;

import chat.starling.api.v1.Author;
import chat.starling.api.v1.Refusal;
import chat.starling.platform.ids.FeedId;
import com.google.protobuf.ByteString;

/** Appends that have their seqs, for tests of what is done with them. */
public final class PendingAppends {

  /** Waits for nothing. */
  static final AppendReply NOBODY =
      new AppendReply() {
        @Override
        public void acked(Appended result) {}

        @Override
        public void refused(Refusal refusal) {}
      };

  private PendingAppends() {}

  /** An append with this seq and text, in epoch 1. */
  public static PendingAppend of(FeedId feed, long seq, String text) {
    Append append =
        new Append(
            Author.newBuilder().setUserId(1).build(),
            ByteString.copyFrom(new byte[16]),
            text,
            false,
            "",
            NOBODY);
    return new PendingAppend(append, FeedEntry.post(feed, seq, seq, append), 1);
  }
}
