package chat.starling.client;

/** How a client stands with the server. */
public enum ConnectionState {
  /** Not started, or closed. */
  OFFLINE,
  /** An attempt to connect is under way. */
  CONNECTING,
  /** The session stands: events flow and messages go out. */
  READY,
  /** The connection is lost; the next attempt comes by itself. */
  WAITING,
  /**
   * The server said not to come back by itself; only {@link StarlingClient#start} connects again.
   */
  STOPPED
}
