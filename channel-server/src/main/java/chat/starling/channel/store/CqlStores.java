package chat.starling.channel.store;

import chat.starling.channel.feed.FeedOutbox;
import chat.starling.channel.owner.FeedStores;
import chat.starling.platform.storage.CqlTables;
import java.time.Duration;

/** All of the feeds' tables, prepared. */
public final class CqlStores {

  private CqlStores() {}

  /**
   * Prepares all statements; blocks until the store has answered.
   *
   * @param outbox where events go that others consume
   */
  public static FeedStores open(CqlTables tables, Duration logRetention, FeedOutbox outbox) {
    return new FeedStores(
        new CqlFeedLog(tables, logRetention),
        new CqlFeedEpochs(tables),
        new CqlFeedHeads(tables),
        new CqlOpenMarks(tables),
        new CqlHistoryView(tables),
        new CqlWorkspaces(tables),
        outbox);
  }
}
