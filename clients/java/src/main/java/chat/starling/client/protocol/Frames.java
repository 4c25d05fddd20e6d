package chat.starling.client.protocol;

import chat.starling.api.v1.ClientFrame;

/** The way out for frames: numbers them, so that answers find their way back. */
interface Frames {
  /** Gives the frame a ref of its own, writes it, and returns the ref. */
  int write(ClientFrame.Builder frame);
}
