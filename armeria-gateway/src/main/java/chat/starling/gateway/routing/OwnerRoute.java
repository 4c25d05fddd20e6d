package chat.starling.gateway.routing;

import chat.starling.platform.settings.HostPort;
import org.jspecify.annotations.Nullable;

/**
 * The route of a call that only a channel's owner can answer: the owner by the newest view, or whom
 * a server named that is not. Without a view anybody is asked, who will name one.
 */
public final class OwnerRoute implements Route {

  private final KnownRing ring;
  private final Route anybody;
  private final long channelId;
  private @Nullable Peer hinted;
  private long hintedUnder;

  /**
   * @param anybody for as long as there is no view
   */
  public OwnerRoute(KnownRing ring, Route anybody, long channelId) {
    this.ring = ring;
    this.anybody = anybody;
    this.channelId = channelId;
  }

  @Override
  public @Nullable Peer next() {
    Peer hint = hinted;
    hinted = null;
    if (hint != null && hintedUnder == ring.view().version()) {
      return hint;
    }
    return ring.isUnknown() ? anybody.next() : ring.ownerOf(channelId);
  }

  /** Whom a server names that has left the ring since is not followed: it may hang for ever. */
  @Override
  public void notOwner(Peer by, String hint) {
    HostPort address = parse(hint);
    if (address != null && !address.equals(by.address()) && !ring.hasLeft(address)) {
      hinted = ring.at(address);
      hintedUnder = ring.view().version();
    }
  }

  @Override
  public boolean isRight(Peer asked) {
    Peer owner = ring.ownerOf(channelId);
    return owner == null || owner.equals(asked) || Peer.at(owner.address()).equals(asked);
  }

  private static @Nullable HostPort parse(String hint) {
    try {
      return HostPort.parse(hint);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
