package chat.starling.gateway.routing;

/** What is counted of calls. May be called from any thread. */
public interface CallCounters {

  /** A server answered that it does not own the feed. */
  void notOwner();

  /** A call is tried again. */
  void retried();
}
