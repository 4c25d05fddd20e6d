package chat.starling.bench.reference;

/** The process of the plain grpc-java server. */
public final class GrpcMain {

  private GrpcMain() {}

  /** Runs until the input ends. */
  public static void main(String... arguments) {
    ReferenceMain.run(GrpcServer::new);
  }
}
