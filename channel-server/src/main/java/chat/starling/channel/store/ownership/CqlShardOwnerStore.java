package chat.starling.channel.store.ownership;

import chat.starling.channel.ownership.Incarnation;
import chat.starling.channel.ownership.Outcome;
import chat.starling.channel.ownership.ShardOwner;
import chat.starling.channel.ownership.ShardOwnerStore;
import chat.starling.channel.store.ownership.SliceChanges.Change;
import chat.starling.platform.ring.Shard;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/**
 * The owners in the table shard_owner: a partition a slice, rows compared as a whole. Changes of
 * one slice go out one after the other, and those that wait for the one before go together.
 */
public final class CqlShardOwnerStore implements ShardOwnerStore {

  /** Stands in the store for nobody. */
  private static final Incarnation NOBODY = new Incarnation("", 0);

  private final OwnershipTables tables;
  private final PreparedStatement select;
  private final PreparedStatement insert;
  private final PreparedStatement update;
  private final List<SliceChanges> slices;

  /** Owners in these tables. */
  public CqlShardOwnerStore(OwnershipTables tables) {
    this.tables = tables;
    select =
        tables.prepareGlance(
            "SELECT shard, epoch, server_id, incarnation FROM ${cas_keyspace}.shard_owner"
                + " WHERE slice = ?");
    insert =
        tables.prepareCompareAndSet(
            "INSERT INTO ${cas_keyspace}.shard_owner"
                + " (epoch, server_id, incarnation, slice, shard) VALUES (?, ?, ?, ?, ?)"
                + " IF NOT EXISTS");
    update =
        tables.prepareCompareAndSet(
            "UPDATE ${cas_keyspace}.shard_owner SET epoch = ?, server_id = ?, incarnation = ?"
                + " WHERE slice = ? AND shard = ?"
                + " IF epoch = ? AND server_id = ? AND incarnation = ?");
    slices =
        IntStream.range(0, ShardOwner.SLICES)
            .mapToObj(slice -> new SliceChanges(this::replaceOne, this::replaceTogether))
            .toList();
  }

  @Override
  public CompletionStage<List<ShardOwner>> read(int slice) {
    return tables.read(select.bind(slice), row -> owner(new Shard(row.getInt("shard")), row));
  }

  @Override
  public CompletionStage<Outcome<ShardOwner>> replace(ShardOwner seen, ShardOwner next) {
    return slices.get(ShardOwner.slice(next.shard())).add(new Change(seen, next));
  }

  private CompletionStage<Boolean> replaceTogether(List<Change> changes) {
    return tables.replaceTogether(
        changes.stream().map(change -> statement(change.seen(), change.next())).toList());
  }

  private CompletionStage<Outcome<ShardOwner>> replaceOne(Change change) {
    ShardOwner seen = change.seen();
    ShardOwner next = change.next();
    Shard shard = next.shard();
    return tables.replace(
        statement(seen, next), "epoch", ShardOwner.none(shard), row -> owner(shard, row));
  }

  private BoundStatement statement(ShardOwner seen, ShardOwner next) {
    Incarnation to = next.owner() == null ? NOBODY : next.owner();
    Incarnation from = seen.owner() == null ? NOBODY : seen.owner();
    int shard = next.shard().index();
    int slice = ShardOwner.slice(next.shard());
    return seen.epoch() == 0
        ? insert.bind(next.epoch(), to.serverId(), to.number(), slice, shard)
        : update.bind(
            next.epoch(),
            to.serverId(),
            to.number(),
            slice,
            shard,
            seen.epoch(),
            from.serverId(),
            from.number());
  }

  private static ShardOwner owner(Shard shard, Row row) {
    Incarnation owner =
        new Incarnation(
            Objects.requireNonNull(row.getString("server_id")), row.getLong("incarnation"));
    return new ShardOwner(shard, row.getLong("epoch"), owner.equals(NOBODY) ? null : owner);
  }
}
