package chat.starling.channel.ownership;

/** For whom a lease row is read or changed; an answer goes back to whoever asked. */
public enum LeaseReader {
  /** The holder, about its own lease. */
  HOLDER,
  /** A watcher. */
  WATCHER,
  /** A server that wants a shard of an owner whom the ring has no more. */
  CLAIMER
}
