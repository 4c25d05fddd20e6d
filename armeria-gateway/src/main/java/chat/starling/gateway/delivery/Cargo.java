package chat.starling.gateway.delivery;

/** One gRPC message on its way to one client or many. */
public sealed interface Cargo permits Parcel, Notice, Introduction {

  /** The message behind its five bytes of prefix. Shared: never to be changed. */
  byte[] wire();
}
