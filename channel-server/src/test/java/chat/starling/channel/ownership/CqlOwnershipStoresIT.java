package chat.starling.channel.ownership;

import static chat.starling.channel.ownership.LeaseStoreContract.now;
import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.channel.TestStore;
import chat.starling.channel.store.ownership.CqlLeaseStore;
import chat.starling.channel.store.ownership.CqlRingStore;
import chat.starling.channel.store.ownership.CqlShardOwnerStore;
import chat.starling.channel.store.ownership.OwnershipTables;
import chat.starling.platform.ring.RingView;
import chat.starling.platform.ring.Shard;
import chat.starling.platform.storage.CqlSettings;
import chat.starling.platform.storage.CqlStore;
import com.datastax.oss.driver.api.core.CqlSession;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CqlOwnershipStoresIT {

  private static final CqlSettings SETTINGS = TestStore.settings("ownership_stores");
  private static CqlSession session = connect();

  private static CqlSession connect() {
    return CqlStore.connect(SETTINGS, "ownership-stores-it");
  }

  @BeforeAll
  static void createTables() {
    OwnershipTables.create(session, SETTINGS);
  }

  @AfterAll
  static void close() {
    session.close();
  }

  private static OwnershipTables emptied(String table) {
    session.execute("TRUNCATE " + SETTINGS.casKeyspace() + "." + table);
    return tables(session);
  }

  private static OwnershipTables tables(CqlSession of) {
    return new OwnershipTables(of, SETTINGS, Duration.ofSeconds(10));
  }

  @Nested
  class Leases extends LeaseStoreContract {
    @Override
    LeaseStore store() {
      return new CqlLeaseStore(emptied("server_lease"));
    }
  }

  @Nested
  class Rings extends RingStoreContract {
    @Override
    RingStore store() {
      return new CqlRingStore(emptied("ring"), "channel");
    }
  }

  @Nested
  class Owners extends ShardOwnerStoreContract {
    @Override
    ShardOwnerStore store() {
      return new CqlShardOwnerStore(emptied("shard_owner"));
    }
  }

  @Test
  void rings_ofTwoRoles_areTwo() {
    OwnershipTables tables = emptied("ring");
    now(new CqlRingStore(tables, "one").replace(RingView.EMPTY, new RingView(1, List.of())));
    assertThat(now(new CqlRingStore(tables, "two").read())).isEqualTo(RingView.EMPTY);
  }

  @Test
  void replace_storeOutOfReach_isUnknown() {
    CqlSession lost = connect();
    var leases = new CqlLeaseStore(tables(lost));
    var rings = new CqlRingStore(tables(lost), "channel");
    var owners = new CqlShardOwnerStore(tables(lost));
    lost.close();
    LeaseRow first = LeaseRow.NONE.successor(1);
    ShardOwner none = ShardOwner.none(new Shard(1));
    assertThat(now(leases.replace("x", LeaseRow.NONE, first))).isEqualTo(new Outcome.Unknown<>());
    assertThat(now(rings.replace(RingView.EMPTY, new RingView(1, List.of()))))
        .isEqualTo(new Outcome.Unknown<>());
    assertThat(now(owners.replace(none, none.claimedBy(new Incarnation("x", 1)))))
        .isEqualTo(new Outcome.Unknown<>());
    assertThat(leases.read("x")).isCompletedExceptionally();
    assertThat(rings.read()).isCompletedExceptionally();
    assertThat(owners.read(1)).isCompletedExceptionally();
  }
}
