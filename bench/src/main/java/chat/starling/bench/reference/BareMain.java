package chat.starling.bench.reference;

/** The process of the bare Netty server. */
public final class BareMain {

  private BareMain() {}

  /** Runs until the input ends. */
  public static void main(String... arguments) {
    ReferenceMain.run(BareServer::new);
  }
}
