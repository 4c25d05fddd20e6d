package chat.starling.channel.ownership;

import chat.starling.platform.ring.RingView;
import java.util.concurrent.CompletionStage;

/** The ring of one server role, changed by compare-and-set on its version only. */
public interface RingStore {

  /**
   * The view as it is now, by a serial read; {@link RingView#EMPTY} where there is none. Fails, at
   * the latest after the store's timeout, when the store does not say.
   */
  CompletionStage<RingView> read();

  /**
   * Puts {@code next} in the place of the view with exactly the version of {@code seen}. Never
   * fails: what cannot be known is {@link Outcome.Unknown}, at the latest after the store's
   * timeout. Sent once.
   *
   * @param next of the version after that of {@code seen}
   */
  CompletionStage<Outcome<RingView>> replace(RingView seen, RingView next);
}
