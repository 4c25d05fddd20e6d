package chat.starling.gateway.upstream;

import chat.starling.gateway.delivery.Subscriptions.Wire;

/** A stream to a channel server, on which channels are followed and workspaces watched. */
interface StreamWire extends Wire {

  /** The same stream for heads of workspaces: their ids instead of channels', and no seqs. */
  Wire heads();

  /** The same stream for workspaces' feeds: their ids instead of channels'. */
  Wire workspaces();

  /** Says that this gateway goes by all events of a workspace's feed up to a seq. */
  void applied(long workspaceId, long seq, long askedAt);
}
