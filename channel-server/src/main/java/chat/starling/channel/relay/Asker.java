package chat.starling.channel.relay;

/**
 * Who subscribes.
 *
 * @param relay the server that will pass the events on; empty for all others
 * @param followsReferrals whether it may be sent elsewhere
 * @param stage as what it takes this server, under the owner's epoch that it knows or 0
 */
public record Asker(String relay, boolean followsReferrals, Stage stage) {

  /** Somebody who is served here, whatever there is. */
  public static final Asker PLAIN = new Asker("", false, Stage.owner(0));

  boolean isRelay() {
    return !relay.isEmpty();
  }
}
