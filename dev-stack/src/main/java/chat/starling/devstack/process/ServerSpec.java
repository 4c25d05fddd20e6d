package chat.starling.devstack.process;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Everything that is needed to start one server, any number of times, at one address with one set
 * of data.
 *
 * @param name what it is called in progress lines, for example {@code cassandra}
 * @param ports all ports that it listens on, the one that clients use first
 * @param folder its working directory, made when missing
 * @param log where its output goes
 * @param command program and arguments
 * @param environment variables set beside those of this process
 * @param preparation run before each start
 * @param probe asked until it answers
 * @param startLimit how long it may take to answer
 * @param stopLimit how long it may take to end before it is killed
 */
public record ServerSpec(
    String name,
    List<Port> ports,
    Path folder,
    Path log,
    List<String> command,
    Map<String, String> environment,
    Preparation preparation,
    Probe probe,
    Duration startLimit,
    Duration stopLimit) {

  /** Keeps its own copies. */
  public ServerSpec {
    ports = List.copyOf(ports);
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    folder = folder.toAbsolutePath();
    log = log.toAbsolutePath();
  }

  /** Where clients reach it. */
  public InetSocketAddress address() {
    return ports.getFirst().address();
  }
}
