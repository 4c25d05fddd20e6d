package chat.starling.channel.ownership;

import org.junit.jupiter.api.Nested;

class InMemoryStoresTest {

  @Nested
  class Leases extends LeaseStoreContract {
    @Override
    LeaseStore store() {
      return new InMemoryLeaseStore();
    }
  }

  @Nested
  class Rings extends RingStoreContract {
    @Override
    RingStore store() {
      return new InMemoryRingStore();
    }
  }

  @Nested
  class Owners extends ShardOwnerStoreContract {
    @Override
    ShardOwnerStore store() {
      return new InMemoryShardOwnerStore();
    }
  }
}
