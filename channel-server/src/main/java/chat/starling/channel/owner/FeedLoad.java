package chat.starling.channel.owner;

import chat.starling.platform.ids.FeedId;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What operators see of a server's feeds.
 *
 * @param active feeds in memory
 * @param open those among them that have a mark or are about to
 * @param historyLag acked events that the history view lacks, over all feeds
 * @param outboxLag acked events that the outbox lacks, over all feeds
 * @param worst the feeds that lag most, the worst first
 */
public record FeedLoad(long active, long open, long historyLag, long outboxLag, List<Lag> worst) {

  /** Of no feeds. */
  public static final FeedLoad NONE = new FeedLoad(0, 0, 0, 0, List.of());

  private static final int WORST = 10;

  /** How far one feed's followers are behind its last acked seq. */
  public record Lag(FeedId feed, long seq, long history, long outbox) {
    long most() {
      return Math.max(history, outbox);
    }
  }

  FeedLoad plus(FeedId feed, long seq, long history, long outbox, boolean isOpen) {
    Lag lag = new Lag(feed, seq, history, outbox);
    return plus(
        new FeedLoad(
            1, isOpen ? 1 : 0, history, outbox, lag.most() > 0 ? List.of(lag) : List.of()));
  }

  FeedLoad plus(FeedLoad more) {
    return new FeedLoad(
        active + more.active,
        open + more.open,
        historyLag + more.historyLag,
        outboxLag + more.outboxLag,
        more.worst.isEmpty() ? worst : worstOf(worst, more.worst));
  }

  private static List<Lag> worstOf(List<Lag> some, List<Lag> others) {
    return Stream.concat(some.stream(), others.stream())
        .sorted(Comparator.comparingLong(Lag::most).reversed())
        .limit(WORST)
        .toList();
  }
}
