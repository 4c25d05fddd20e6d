package chat.starling.gateway.routing;

import chat.starling.platform.ids.FeedId;
import chat.starling.platform.settings.HostPort;
import org.jspecify.annotations.Nullable;

/**
 * The route of a call that only a feed's owner can answer: whom {@link KnownOwners} takes for the
 * owner, or whom a server named that is not. Without a view anybody is asked, who will name one.
 */
public final class OwnerRoute implements Route {

  private final KnownRing ring;
  private final KnownOwners owners;
  private final Route anybody;
  private final FeedId feed;
  private @Nullable Peer hinted;
  private long hintedUnder;

  /**
   * @param owners learns from the answers
   * @param anybody for as long as there is no view
   */
  public OwnerRoute(KnownRing ring, KnownOwners owners, Route anybody, FeedId feed) {
    this.ring = ring;
    this.owners = owners;
    this.anybody = anybody;
    this.feed = feed;
  }

  @Override
  public @Nullable Peer next() {
    Peer next = hint() == null && ring.isUnknown() ? anybody.next() : expected();
    hinted = null;
    return next;
  }

  @Override
  public void answered(Peer by) {
    owners.answered(feed, by);
  }

  /** Whom a server names that has left the ring since is not followed: it may hang for ever. */
  @Override
  public boolean notOwner(Peer by, String hint) {
    owners.disappointed(feed, by);
    HostPort address = parse(hint);
    if (address != null && !address.equals(by.address()) && !ring.hasLeft(address)) {
      hinted = ring.at(address);
      hintedUnder = ring.view().version();
    }
    Peer next = expected();
    return next != null && !next.address().equals(by.address());
  }

  @Override
  public void failed(Peer by) {
    owners.disappointed(feed, by);
  }

  /** Whoever is in the ring may have the shard still, whatever the newest view says of it. */
  @Override
  public boolean isRight(Peer asked) {
    return asked.serverId().isEmpty() ? ring.has(ring.at(asked.address())) : ring.has(asked);
  }

  @Override
  public boolean isNext(Peer asked) {
    Peer next = expected();
    return next != null && isRight(asked) && next.address().equals(asked.address());
  }

  /** Whom the next attempt goes to, once there is a view. */
  private @Nullable Peer expected() {
    Peer hint = hint();
    return hint != null ? hint : owners.toAsk(feed);
  }

  private @Nullable Peer hint() {
    return hintedUnder == ring.view().version() ? hinted : null;
  }

  private static @Nullable HostPort parse(String hint) {
    try {
      return HostPort.parse(hint);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
