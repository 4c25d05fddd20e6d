package chat.starling.channel.store;

import chat.starling.channel.owner.FeedStores;
import chat.starling.platform.storage.CqlTables;
import java.time.Duration;

/**
 * All of the feeds' tables, prepared.
 *
 * @param feeds what feeds read and write
 * @param epochs hands out the server's epoch
 */
public record CqlStores(FeedStores feeds, CqlServerEpochs epochs) {

  /** Prepares all statements; blocks until the store has answered. */
  public static CqlStores open(CqlTables tables, Duration logRetention) {
    FeedStores feeds =
        new FeedStores(
            new CqlFeedLog(tables, logRetention),
            new CqlFeedEpochs(tables),
            new CqlFeedHeads(tables),
            new CqlHistoryView(tables));
    return new CqlStores(feeds, new CqlServerEpochs(tables));
  }

  /** Takes an epoch; blocks until the store has answered. */
  public long takeEpoch() {
    return epochs.take().toCompletableFuture().join();
  }
}
