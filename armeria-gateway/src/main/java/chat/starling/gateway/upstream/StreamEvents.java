package chat.starling.gateway.upstream;

import chat.starling.api.internal.v1.Ring;
import chat.starling.api.internal.v1.WorkspaceEvent;
import chat.starling.gateway.delivery.Parcel;
import chat.starling.gateway.delivery.Place;
import chat.starling.gateway.delivery.Subscriptions.Wire;
import chat.starling.gateway.routing.Peer;

/** What the Subscribe streams bring. Always called on the event loop of all streams. */
interface StreamEvents {

  /** Names this process among all who subscribe. */
  long process();

  /** A stream has been opened: it can be asked, though it may turn out that nobody is there. */
  void opened();

  /** The stream has been answered for the first time: somebody is there. */
  void answered();

  /** The stream has ended. */
  void ended(StreamWire wire);

  /** The server told of a view of the ring. */
  void view(SubscribeStream from, Ring ring);

  /** The server follows a channel. */
  void added(Peer by, Wire from, long channelId, long fromSeq);

  /** The next event of a channel. */
  void event(Wire from, Parcel parcel);

  /** The server does not own the channel. */
  void notOwner(Peer by, Wire from, long channelId);

  /** The server names a relay that is to be asked for the channel instead. */
  void referred(Wire from, long channelId, Place place);

  /** The server would not follow the channel. */
  void refused(Wire from, long channelId);

  /** The server follows a workspace's feed. */
  void workspaceAdded(Peer by, StreamWire from, long workspaceId, long fromSeq);

  /** The next event of a workspace's feed. */
  void workspaceEvent(StreamWire from, WorkspaceEvent event);

  /** The server does not own the workspace's feed. */
  void notWorkspaceOwner(Peer by, StreamWire from, long workspaceId);

  /** The server would not follow the workspace's feed, or does not any more. */
  void workspaceRefused(StreamWire from, long workspaceId);

  /** The server trusts this gateway for so long. */
  void trusted(StreamWire from, long workspaceId, long askedAt, long millis);

  /** Heads of a workspace's channels have come. */
  void heads(Peer by, Wire from, HeadsMessage message);

  /** The server does not own the workspace's feed. */
  void notHeadOwner(Peer by, Wire from, long workspaceId);

  /** The server would not tell of the workspace. */
  void headsRefused(Wire from, long workspaceId);
}
