package chat.starling.bench.reference;

/** Sends events of one channel to all who look at it. */
interface ReferenceServer extends AutoCloseable {

  /** Where clients connect. */
  int port();

  /** Sends the next events to every viewer; returns before that is done. */
  void publish(Publish order);

  @Override
  void close();
}
