package chat.starling.gateway.frames;

/** The same behind an SslHandler. */
class ComposedTlsStreamIT extends ComposedContract {

  ComposedTlsStreamIT() {
    super(true);
  }
}
