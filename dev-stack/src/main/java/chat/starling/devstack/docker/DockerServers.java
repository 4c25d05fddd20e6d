package chat.starling.devstack.docker;

import chat.starling.devstack.ProjectTree;
import chat.starling.devstack.StackOptions;
import chat.starling.devstack.process.ServerFailure;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.GenericContainer;

/**
 * ScyllaDB, Kafka, Redis and Envoy from their official images, on the same ports of this machine as
 * their local stand-ins. Their data is in Docker volumes named {@code starling-…} and outlives
 * them. Testcontainers ends them when this process is killed.
 */
public final class DockerServers {

  private final ProjectTree tree;
  private final StackOptions options;
  private final InstantSource time = InstantSource.system();
  private final List<GenericContainer<?>> backing = new CopyOnWriteArrayList<>();
  private final List<GenericContainer<?>> edge = new CopyOnWriteArrayList<>();

  /**
   * Containers not yet started.
   *
   * @throws ServerFailure when no Docker engine answers
   */
  public DockerServers(ProjectTree tree, StackOptions options) {
    requireEngine();
    this.tree = tree;
    this.options = options;
  }

  /**
   * Starts the database, the event bus and Redis together; images not here yet are pulled first.
   */
  public void startBacking() {
    var ports = options.ports();
    backing.add(Images.scylla(ports.cql()));
    backing.add(Images.kafka(ports.kafka()));
    backing.add(Images.redis(ports.redis()));
    options.progress().accept("  starting ScyllaDB, Kafka and Redis in Docker …");
    backing.parallelStream().forEach(this::start);
  }

  /** Starts Envoy in front of the gateway, which runs on this machine, outside Docker. */
  public void startEdge() {
    GenericContainer<?> envoy = EnvoyContainer.make(tree, options, time);
    edge.add(envoy);
    start(envoy);
  }

  /** Ends Envoy. */
  public void closeEdge() {
    edge.forEach(GenericContainer::stop);
  }

  /** Ends the others. */
  public void closeBacking() {
    backing.forEach(GenericContainer::stop);
  }

  private void start(GenericContainer<?> container) {
    var begun = time.instant();
    try {
      container.start();
    } catch (RuntimeException e) {
      throw new ServerFailure(
          "%s: not started: %s; its output:%n%s"
              .formatted(container.getDockerImageName(), e.getMessage(), container.getLogs()),
          e);
    }
    long seconds = Duration.between(begun, time.instant()).toSeconds();
    options
        .progress()
        .accept("  %s ready in %d s".formatted(container.getDockerImageName(), seconds));
  }

  /** The command alone proves nothing: it may answer where no engine runs. */
  private static void requireEngine() {
    try {
      int answer =
          new ProcessBuilder("docker", "info")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor();
      if (answer != 0) {
        throw noEngine(null);
      }
    } catch (IOException e) {
      throw noEngine(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw noEngine(e);
    }
  }

  private static ServerFailure noEngine(@Nullable Exception cause) {
    return new ServerFailure(
        "--backing: docker (expected: a running Docker engine, which `docker info` does not find;"
            + " `local` needs none)",
        cause);
  }
}
