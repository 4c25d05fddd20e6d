package chat.starling.bench.fanout;

import chat.starling.bench.process.ChildProcess;
import chat.starling.bench.process.JsonLines;
import chat.starling.bench.reference.Listening;
import chat.starling.bench.reference.Publish;
import chat.starling.bench.reference.ReferencePlan;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A reference server in a process of its own. */
public final class ReferenceProcess implements Source, AutoCloseable {

  private static final int START_SECONDS = 60;

  private final String name;
  private final boolean joined;
  private final InstantSource clock;
  private final ChildProcess child;
  private final CompletableFuture<Listening> listening;

  private ReferenceProcess(
      String name,
      boolean joined,
      InstantSource clock,
      ChildProcess child,
      CompletableFuture<Listening> listening) {
    this.name = name;
    this.joined = joined;
    this.clock = clock;
    this.child = child;
    this.listening = listening;
  }

  /**
   * Starts it; returns once it listens.
   *
   * @param main of this server
   */
  public static ReferenceProcess start(String name, Class<?> main, ReferencePlan plan) {
    CompletableFuture<Listening> listening = new CompletableFuture<>();
    // The heap that the gateway has.
    ChildProcess child =
        ChildProcess.start(name, main, List.of("-Xmx512m"), line -> hear(line, listening));
    var server = new ReferenceProcess(name, false, InstantSource.system(), child, listening);
    child.say(plan);
    try {
      listening.orTimeout(START_SECONDS, TimeUnit.SECONDS).join();
      return server;
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** The same server, whose viewers get what is published in one go in one DATA frame. */
  public Source joining() {
    return new ReferenceProcess(name, true, clock, child, listening);
  }

  /** Where it listens. */
  public Listening listening() {
    return listening.join();
  }

  /** Where viewers connect, in clear text. */
  public int port() {
    return listening().port();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void publish(int count) {
    child.say(new Publish(count, joined, Micros.now(clock)));
  }

  @Override
  public void requireNoFault() {
    if (!child.isAlive()) {
      throw new IllegalStateException(name + ": the process has ended");
    }
  }

  @Override
  public Set<Long> pids() {
    return Set.of(child.pid());
  }

  @Override
  public void close() {
    child.close();
  }

  private static void hear(JsonNode line, CompletableFuture<Listening> listening) {
    listening.complete(JsonLines.as(Listening.class, line.get("listening")));
  }
}
