package chat.starling.gateway.delivery;

/** A connection that carries the streams of many clients. On its event loop only. */
public interface Trunk {

  /** Asked before a row of writes: the connection takes more. */
  boolean isReady();

  /** The connection still takes more. */
  boolean hasRoom();

  /** The client takes more of what all streams together may send. */
  boolean hasWindow();

  /** Flushes this once the connection takes more again. */
  void whenRoom(Outflow waiting);

  /**
   * Writes one or more whole messages into a stream that has credit for them; they leave with
   * everything else of this turn.
   *
   * @param stream its number
   */
  void write(int stream, byte[] wire);
}
