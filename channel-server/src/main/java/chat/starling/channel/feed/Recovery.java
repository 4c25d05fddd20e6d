package chat.starling.channel.feed;

import chat.starling.platform.ids.FeedId;
import java.util.concurrent.CompletionStage;

/**
 * Reads what the store holds of a feed in the order that keeps everything acked: starts and head,
 * then the log, and the open marks last. Were the marks read first, a predecessor could open the
 * feed and write in between, and a feed that looks clean would not be.
 */
public final class Recovery {

  private final FeedEpochs epochs;
  private final FeedHeads heads;
  private final LogReader log;
  private final OpenMarks marks;
  private final int recent;

  /**
   * A reader of these.
   *
   * @param recent entries that are read although nothing needs them but readers of the hot tail
   */
  public Recovery(FeedEpochs epochs, FeedHeads heads, LogReader log, OpenMarks marks, int recent) {
    this.epochs = epochs;
    this.heads = heads;
    this.log = log;
    this.marks = marks;
    this.recent = recent;
  }

  /** Actions ReadStarts, ReadFirst and ReadSecond of docs/spec/Feed.tla. */
  public CompletionStage<Recovered> read(FeedId feed) {
    return epochs
        .read(feed)
        .thenCombine(heads.read(feed), (starts, head) -> log.recover(feed, starts, head, recent))
        .thenCompose(log -> log)
        .thenCompose(found ->
            marks
                .ofFeed(feed)
                .thenApply(
                    open -> new Recovered(found.starts(), found.head(), found.recent(), open)));
  }
}
