package chat.starling.gateway.frames;

class PortableStreamIT extends ClientStreamContract {

  PortableStreamIT() {
    super(ClientStreams.Writer.PORTABLE, false);
  }
}
