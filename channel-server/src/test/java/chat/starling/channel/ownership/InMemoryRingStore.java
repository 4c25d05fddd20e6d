package chat.starling.channel.ownership;

import chat.starling.platform.ring.RingView;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A ring in a field. */
final class InMemoryRingStore implements RingStore {

  private RingView current = RingView.EMPTY;

  @Override
  public CompletionStage<RingView> read() {
    return CompletableFuture.completedStage(current);
  }

  @Override
  public CompletionStage<Outcome<RingView>> replace(RingView seen, RingView next) {
    if (seen.version() != current.version()) {
      return CompletableFuture.completedStage(new Outcome.Refused<>(current));
    }
    current = next;
    return CompletableFuture.completedStage(new Outcome.Applied<>());
  }
}
