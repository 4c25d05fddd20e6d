package chat.starling.devstack.process;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One server as a child process. It can be killed, frozen and started again at the same address
 * with the same data; it ends when this process does, whatever the way. Calls come from one thread
 * at a time; {@link #close} from any.
 */
public final class LocalServer implements AutoCloseable {

  private static final Duration PROBE_INTERVAL = Duration.ofMillis(50);

  private final ServerSpec spec;
  private final InstantSource time;
  private final Consumer<LocalServer> onDeath;
  private volatile @Nullable Process process;
  private volatile CompletableFuture<Void> gone = CompletableFuture.completedFuture(null);
  private volatile boolean ending;
  private volatile boolean paused;
  private boolean startedBefore;

  /** A server not yet started, whose unexpected death nobody is told of. */
  public LocalServer(ServerSpec spec) {
    this(spec, InstantSource.system(), server -> {});
  }

  /**
   * A server not yet started.
   *
   * @param onDeath told, once per start, when the process ends after it was ready and nobody here
   *     asked it to
   */
  public LocalServer(ServerSpec spec, InstantSource time, Consumer<LocalServer> onDeath) {
    this.spec = spec;
    this.time = time;
    this.onDeath = onDeath;
  }

  /**
   * Starts it and returns when it answers its probe.
   *
   * @return how long that took
   * @throws ServerFailure when it runs already, a port is busy, the process ends, or its start
   *     limit passes; holds the tail of the log
   */
  public Duration start() {
    if (isAlive()) {
      throw new ServerFailure(name() + ": runs already");
    }
    gone.join();
    Instant begun = time.instant();
    ending = false;
    paused = false;
    try {
      requirePortsFree();
      Process started = launch();
      process = started;
      awaitReady(started, begun);
      var _ = started.onExit().thenAccept(this::died);
    } catch (IOException e) {
      throw new ServerFailure(name() + ": not started: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerFailure(name() + ": interrupted while starting", e);
    }
    return Duration.between(begun, time.instant());
  }

  /**
   * Makes sure that its ports are free.
   *
   * @throws ServerFailure naming the first that is not
   */
  public void requirePortsFree() {
    spec.ports().forEach(port -> port.requireFree(name()));
  }

  /**
   * Ends it if it runs, and starts it again: same address, same data. Returns how long the start
   * took.
   */
  public Duration restart() {
    close();
    return start();
  }

  /** Kills it with SIGKILL, paused or not, and returns when it is gone. */
  public void kill9() {
    ending = true;
    running().destroyForcibly();
    gone.join();
  }

  /** Freezes it with SIGSTOP: it keeps its connections and answers nothing. */
  public void pause() {
    signal("STOP");
    paused = true;
  }

  /** Lets it go on with SIGCONT after {@link #pause}. */
  public void resume() {
    signal("CONT");
    paused = false;
  }

  /**
   * Sends a signal and does not wait for what it brings about.
   *
   * @param signal a name as {@code kill} knows it, without SIG: {@code STOP}, {@code CONT}, {@code
   *     TERM}
   * @throws ServerFailure when it does not run
   */
  public void signal(String signal) {
    if (!isAlive()) {
      throw new ServerFailure(name() + ": does not run");
    }
    long pid = pid();
    try {
      int answer = new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
      if (answer != 0) {
        throw new ServerFailure(
            "%s: kill -%s %d answered %d".formatted(name(), signal, pid, answer));
      }
    } catch (IOException e) {
      throw new ServerFailure(name() + ": kill could not be run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerFailure(name() + ": interrupted while sending " + signal, e);
    }
  }

  /**
   * Ends it, kindly first, and returns when it is gone; a paused one hears nothing and is killed.
   * Nothing happens when it does not run.
   */
  @Override
  public void close() {
    ending = true;
    Process running = process;
    if (running == null) {
      return;
    }
    try {
      running.destroy();
      if (paused || !running.waitFor(spec.stopLimit().toMillis(), TimeUnit.MILLISECONDS)) {
        running.destroyForcibly();
      }
    } catch (InterruptedException e) {
      running.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    gone.join();
  }

  /** What it is called. */
  public String name() {
    return spec.name();
  }

  /** Where clients reach it. */
  public InetSocketAddress address() {
    return spec.address();
  }

  /** All ports that it listens on, the one that clients use first. */
  public List<Port> ports() {
    return spec.ports();
  }

  /** Where its output goes. */
  public Path logFile() {
    return spec.log();
  }

  /** The file that holds {@link #pid} in decimal while its process is there. */
  public Path pidFile() {
    return spec.folder().resolve("pid");
  }

  /** The id of the server's own process, also after its end. */
  public long pid() {
    return running().pid();
  }

  /** Whether its process is there. */
  public boolean isAlive() {
    Process running = process;
    return running != null && running.isAlive();
  }

  private Process running() {
    Process running = process;
    if (running == null) {
      throw new ServerFailure(name() + ": not started yet");
    }
    return running;
  }

  private Process launch() throws IOException, InterruptedException {
    Files.createDirectories(spec.folder());
    Files.createDirectories(requireNonNull(spec.log().getParent(), "a log is not a root folder"));
    spec.preparation().prepare();
    boolean append = startedBefore;
    startedBefore = true;
    Process started =
        Supervised.start(
            spec.command(),
            spec.environment(),
            spec.folder(),
            spec.log(),
            append,
            spec.stopLimit());
    Files.writeString(pidFile(), started.pid() + "\n");
    gone = started.onExit().thenAccept(ended -> forgetPid());
    return started;
  }

  private void forgetPid() {
    try {
      Files.deleteIfExists(pidFile());
    } catch (IOException e) {
      throw new ServerFailure(name() + ": " + pidFile() + " could not be removed", e);
    }
  }

  private void awaitReady(Process started, Instant begun) throws InterruptedException {
    Instant limit = begun.plus(spec.startLimit());
    while (!started.waitFor(PROBE_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
      try {
        spec.probe().ask();
        return;
      } catch (IOException e) {
        if (time.instant().isAfter(limit)) {
          close();
          throw failure(
              "not ready after " + spec.startLimit().toSeconds() + " s: " + e.getMessage());
        }
      }
    }
    throw failure("ended with exit code " + started.exitValue() + " before it was ready");
  }

  private void died(Process dead) {
    if (!ending) {
      onDeath.accept(this);
    }
  }

  /** What went wrong, with the end of the log. */
  public ServerFailure failure(String what) {
    return new ServerFailure(
        "%s: %s; the end of %s:%n%s".formatted(name(), what, spec.log(), LogTail.of(spec.log())));
  }
}
