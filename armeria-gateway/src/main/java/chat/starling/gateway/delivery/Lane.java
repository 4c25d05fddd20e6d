package chat.starling.gateway.delivery;

/**
 * A client's stream while nothing of its own is under way, to be written to together with others of
 * its connection. On its event loop only.
 */
public interface Lane {

  /** Who writes to the lane. */
  interface Tenant {

    /** The lane cannot be written to together with others any more: it is to be left at once. */
    void mustLeave();
  }

  /** The connection that the lane is part of. */
  Trunk trunk();

  /** The stream's number. */
  int stream();

  /** From now on only this one writes to the stream, until it leaves. */
  void take(Tenant tenant);

  /**
   * More credit to send by.
   *
   * @param left what is left of the credit that was had before
   * @param needed how much is wanted at least
   * @return all of it, less than what is needed when the client's window has no more now
   */
  int credit(int left, int needed);

  /**
   * The stream is its owner's again.
   *
   * @param left credit that was not used
   */
  void leave(int left);
}
