package chat.starling.bench.fanout;

import chat.starling.bench.drain.Times;
import java.util.Set;
import org.HdrHistogram.Histogram;

/** A server that brings the events of one channel to its viewers. */
public interface Source {

  /** What it is called in results. */
  String name();

  /** Sends so many more messages on their way, in one go; returns before they are anywhere. */
  void publish(int count);

  /**
   * Returns when nothing that was sent has failed on its way.
   *
   * @throws IllegalStateException when something has
   */
  void requireNoFault();

  /**
   * How long the messages took that have become durable since it was last asked, in microseconds
   * from their sending; none where nothing is stored.
   */
  default Histogram takeStored() {
    return Times.empty();
  }

  /** The processes whose time is what a delivery costs. */
  Set<Long> pids();
}
