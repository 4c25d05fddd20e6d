package chat.starling.gateway.frames;

class ComposedStreamIT extends ComposedContract {

  ComposedStreamIT() {
    super(false);
  }
}
