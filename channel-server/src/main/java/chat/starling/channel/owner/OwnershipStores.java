package chat.starling.channel.owner;

import chat.starling.channel.ownership.LeaseStore;
import chat.starling.channel.ownership.RingStore;
import chat.starling.channel.ownership.ShardOwnerStore;

/** Where servers agree on who owns what. */
public record OwnershipStores(LeaseStore leases, RingStore ring, ShardOwnerStore owners) {}
