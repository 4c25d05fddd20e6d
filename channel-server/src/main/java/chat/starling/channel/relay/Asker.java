package chat.starling.channel.relay;

/**
 * Who subscribes.
 *
 * @param relay the server that will pass the events on; empty for all others
 * @param followsReferrals whether it may be sent elsewhere
 * @param epoch the owner's as far as the asker knows; 0 when it does not
 */
public record Asker(String relay, boolean followsReferrals, long epoch) {

  /** Somebody who is served here, whatever there is. */
  public static final Asker PLAIN = new Asker("", false, 0);

  boolean isRelay() {
    return !relay.isEmpty();
  }
}
