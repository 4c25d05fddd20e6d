package chat.starling.gateway.delivery;

/**
 * How bytes leave for one client, in the order in which they are written. What is written is owned
 * by nobody: it is shared and never changed.
 */
public interface Downlink {

  /** Writes one gRPC message with its prefix. */
  void write(byte[] wire);

  /** Bytes that were written and have not left for the client yet. */
  long pendingBytes();

  /** Runs the task once what was written so far has left; never, if the client goes before. */
  void whenDrained(Runnable task);
}
