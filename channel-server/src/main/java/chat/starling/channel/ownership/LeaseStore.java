package chat.starling.channel.ownership;

import java.util.concurrent.CompletionStage;

/** The leases of all servers, changed by compare-and-set only. */
public interface LeaseStore {

  /**
   * The row as it is now, by a serial read; {@link LeaseRow#NONE} where there is none. Fails, at
   * the latest after the store's timeout, when the store does not say.
   */
  CompletionStage<LeaseRow> read(String serverId);

  /**
   * Puts {@code next} in the place of exactly {@code seen}. Never fails: what cannot be known is
   * {@link Outcome.Unknown}, at the latest after the store's timeout. Sent once.
   */
  CompletionStage<Outcome<LeaseRow>> replace(String serverId, LeaseRow seen, LeaseRow next);
}
