package chat.starling.channel.operator;

import chat.starling.api.internal.v1.FeedId;
import chat.starling.api.internal.v1.FeedLag;
import java.util.Comparator;
import java.util.Locale;

/**
 * How far the followers of one feed are behind.
 *
 * @param server the id of its owner
 * @param feed such as channel/42
 * @param seq the last acked
 */
record Lag(String server, String feed, long seq, long history, long outbox) {

  /** The one that is further behind comes first. */
  static final Comparator<Lag> WORST_FIRST =
      Comparator.comparingLong((Lag lag) -> Math.max(lag.history, lag.outbox)).reversed();

  static Lag of(String server, FeedLag lag) {
    return new Lag(
        server, name(lag.getFeed()), lag.getSeq(), lag.getHistoryLag(), lag.getOutboxLag());
  }

  private static String name(FeedId feed) {
    String kind = feed.getKind().name().replace("FEED_KIND_", "").toLowerCase(Locale.ROOT);
    return kind + "/" + feed.getId();
  }
}
