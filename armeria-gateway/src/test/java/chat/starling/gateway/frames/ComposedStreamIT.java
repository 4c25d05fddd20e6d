package chat.starling.gateway.frames;

class ComposedStreamIT extends ClientStreamContract {

  ComposedStreamIT() {
    super(ClientStreams.Writer.COMPOSED);
  }
}
