package chat.starling.gateway.runtime;

/** Learns which events of a client that reads slowly were taken back. */
interface Lag {

  /** Nothing of the channel after this seq has left or will. */
  void fellBehind(long channelId, long cursor);

  /** The client has read everything that waited for it. */
  void caughtUp();
}
