package chat.starling.cli;

import chat.starling.client.ClientListener;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that asks the server something, prints the answer and is done. */
abstract class ServerCommand implements Callable<Integer> {
  @Mixin private Connect connect = new Connect();

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec command;

  @Option(names = "--json", description = "Print JSON, one object a line.")
  private boolean json;

  @Override
  public final Integer call() throws Exception {
    try (Connection to =
        new Connection(connect.client(new ClientListener() {}), connect.workspace)) {
      PrintWriter out = command.commandLine().getOut();
      run(to, out);
      out.flush();
      return 0;
    }
  }

  /** Whether scripts read the answer. */
  final boolean json() {
    return json;
  }

  /** Asks and prints. Throws what {@link Connection#answer} throws. */
  abstract void run(Connection to, PrintWriter out) throws InterruptedException;
}
