package chat.starling.channel.store;

import chat.starling.platform.storage.CqlTables;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Writes on their way to their partitions. What lies in one partition goes there as one mutation,
 * which is seen whole or not at all, whatever tables of the keyspace its rows are in.
 */
final class Mutations {

  private final CqlTables tables;
  private final Map<ByteBuffer, List<BoundStatement>> byPartition = new LinkedHashMap<>();
  private final List<CompletionStage<Void>> others = new ArrayList<>();

  Mutations(CqlTables tables) {
    this.tables = tables;
  }

  /** Adds a write of a statement that was prepared for a batch. */
  void add(BoundStatement write) {
    ByteBuffer partition = Objects.requireNonNull(write.getRoutingKey(), "names its partition");
    byPartition.computeIfAbsent(partition, key -> new ArrayList<>()).add(write);
  }

  /** Waits for this too, which goes its own way. */
  void await(CompletionStage<Void> other) {
    others.add(other);
  }

  /** Sends all; completes when all are done. */
  CompletionStage<Void> send() {
    List<CompletionStage<Void>> all = new ArrayList<>(others);
    byPartition.values().forEach(rows -> all.add(tables.writeTogether(rows)));
    return CompletableFuture.allOf(
        all.stream().map(CompletionStage::toCompletableFuture).toArray(CompletableFuture[]::new));
  }
}
