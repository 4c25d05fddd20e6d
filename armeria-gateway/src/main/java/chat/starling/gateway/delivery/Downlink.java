package chat.starling.gateway.delivery;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How bytes leave for one client, in the order in which they were written. What is written is owned
 * by nobody: it is shared and never changed. Used on the session's event loop only.
 */
public interface Downlink extends Outflow {

  /** Takes a message; it leaves with the next flush. */
  void write(Cargo cargo);

  /** Bytes that were written and have not left for the client yet. */
  long pendingBytes();

  /** Messages that were written and have not left for the client yet. */
  int pendingMessages();

  /** Bytes that have left so far; while it stands still and some are pending, the client stalls. */
  long departedBytes();

  /** Takes back the parcels of which nothing has left, in their order; answers stay. */
  void takeBack(Consumer<Parcel> parcels);

  /**
   * The lane that the client is on, if nothing of its own is under way and many share its trunk.
   */
  @Nullable Lane lane();

  /** Runs the task once what was written so far has left; never, if the client goes before. */
  void whenDrained(Runnable task);
}
