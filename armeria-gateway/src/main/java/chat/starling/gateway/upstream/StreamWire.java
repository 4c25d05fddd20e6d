package chat.starling.gateway.upstream;

import chat.starling.gateway.delivery.Subscriptions.Wire;

/** A stream to a channel server, on which channels are followed and workspaces watched. */
interface StreamWire extends Wire {

  /** The same stream for workspaces: their ids instead of channels', and no seqs. */
  Wire heads();
}
