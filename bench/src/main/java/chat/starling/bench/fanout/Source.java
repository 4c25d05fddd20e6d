package chat.starling.bench.fanout;

import java.util.Set;

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

  /** The processes whose time is what a delivery costs. */
  Set<Long> pids();
}
