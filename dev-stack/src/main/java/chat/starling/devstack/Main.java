package chat.starling.devstack;

import chat.starling.devstack.process.ServerFailure;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * The command behind {@code make run}: brings the whole stack up, says what to do next, and waits
 * to be ended.
 */
@Command(
    name = "dev-stack",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    showDefaultValues = true,
    description = "Starts the backing servers and Starling on this machine, until Ctrl-C.")
public final class Main implements Callable<Integer> {

  private final PrintStream out = System.out;

  @Option(
      names = "--backing",
      defaultValue = "local",
      description = "where the backing servers come from: local, docker or address")
  private String backing = "local";

  @Option(names = "--cql", description = "with --backing=address: host:port of a CQL node")
  private @Nullable String cql;

  @Option(names = "--cql-datacenter", defaultValue = "datacenter1", description = "its data centre")
  private String cqlDatacenter = "datacenter1";

  @Option(names = "--kafka", description = "with --backing=address: host:port of a Kafka broker")
  private @Nullable String kafka;

  @Option(names = "--redis", description = "with --backing=address: host:port of a Redis server")
  private @Nullable String redis;

  @Option(names = "--backing-only", description = "leave out Starling's own servers and the edge")
  private boolean backingOnly;

  @Option(
      names = "--data",
      description = "folder of data, logs, keys; .starling of the project when absent")
  private @Nullable Path data;

  @Option(
      names = "--channel-server",
      paramLabel = "PATH=VALUE",
      description = "a setting of each channel server; repeatable")
  private Map<String, String> channelServer = Map.of();

  @Option(
      names = "--gateway",
      paramLabel = "PATH=VALUE",
      description = "a setting of each gateway; repeatable")
  private Map<String, String> gateway = Map.of();

  @Option(names = "--gateway-tls", description = "TLS between Envoy and the gateways")
  private boolean gatewayTls;

  @Mixin private PortOptions ports = new PortOptions();

  /** Runs until a signal ends it. Exit code 1: a server did not start; 2: an option is wrong. */
  public static void main(String... arguments) {
    System.exit(
        new CommandLine(new Main())
            .setParameterExceptionHandler(Main::explain)
            .setExecutionExceptionHandler(Main::explain)
            .execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    StackOptions options = options();
    out.println("Starting Starling; logs are in " + options.data().resolve("logs"));
    var stack = new Stack(options);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(stack), "end"));
    stack.start();
    out.println(backingOnly ? "Ready. Ctrl-C ends it." : WhatNext.text(options));
    new Keyboard(stack.servers(), out)
        .obey(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    new CountDownLatch(1).await();
    return 0;
  }

  private void end(Stack stack) {
    out.println("Stopping …");
    stack.close();
    out.println("Stopped.");
  }

  private StackOptions options() {
    return new StackOptions(
        ports.toPorts(),
        data == null ? ProjectTree.find().data() : data,
        chosenBacking(),
        backingOnly,
        channelServer,
        gateway,
        List.of(),
        gatewayTls,
        out::println);
  }

  private Backing chosenBacking() {
    return switch (backing) {
      case "local" -> new Backing.Local();
      case "docker" -> new Backing.Docker();
      case "address" ->
          new Backing.Address(
              address("--cql", cql),
              cqlDatacenter,
              address("--kafka", kafka),
              address("--redis", redis));
      default ->
          throw new ServerFailure(
              "--backing: " + backing + " (expected: local, docker or address)");
    };
  }

  private static InetSocketAddress address(String option, @Nullable String given) {
    if (given == null || !given.matches("[^:]+:[0-9]{1,5}")) {
      throw new ServerFailure("%s: %s (expected: host:port)".formatted(option, given));
    }
    String[] parts = given.split(":", 2);
    return new InetSocketAddress(parts[0], Integer.parseInt(parts[1]));
  }

  private static int explain(ParameterException e, String[] arguments) {
    e.getCommandLine().getErr().println(e.getMessage() + "; --help lists all options");
    return ExitCode.USAGE;
  }

  private static int explain(Exception e, CommandLine line, CommandLine.ParseResult parsed)
      throws Exception {
    if (e instanceof ServerFailure) {
      line.getErr().println(e.getMessage());
      return 1;
    }
    throw e;
  }
}
