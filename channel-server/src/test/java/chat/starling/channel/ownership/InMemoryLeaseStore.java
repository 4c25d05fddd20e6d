package chat.starling.channel.ownership;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Leases in a map. */
final class InMemoryLeaseStore implements LeaseStore {

  private final Map<String, LeaseRow> rows = new HashMap<>();

  @Override
  public CompletionStage<LeaseRow> read(String serverId) {
    return CompletableFuture.completedStage(rows.getOrDefault(serverId, LeaseRow.NONE));
  }

  @Override
  public CompletionStage<Outcome<LeaseRow>> replace(String serverId, LeaseRow seen, LeaseRow next) {
    LeaseRow current = rows.getOrDefault(serverId, LeaseRow.NONE);
    if (!current.equals(seen)) {
      return CompletableFuture.completedStage(new Outcome.Refused<>(current));
    }
    rows.put(serverId, next);
    return CompletableFuture.completedStage(new Outcome.Applied<>());
  }
}
