package chat.starling.edge.chaos;

import static org.awaitility.Awaitility.await;

import chat.starling.devstack.Stack;
import chat.starling.devstack.process.LocalServer;
import chat.starling.edge.chaos.SendTimes.Span;
import chat.starling.edge.crowd.Crowd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run: people go on writing and looking while one fault after the other happens, each until all
 * is well again, and then everything that anybody was told is compared.
 */
final class Chaos {

  /** How long a channel server owns after a renewal, by its default settings. */
  private static final Duration LEASE = Duration.ofSeconds(3);

  private final Stack stack;
  private final Crowd crowd;
  private final ChaosOptions options;
  private final Consumer<String> progress;
  private final Random random;
  private final List<FaultReport> faults = new ArrayList<>();
  private final List<Span> spans = new ArrayList<>();

  /**
   * A run on a stack and with a crowd whose viewers see already.
   *
   * @param progress told one line for each fault
   */
  Chaos(Stack stack, Crowd crowd, ChaosOptions options, Consumer<String> progress) {
    this.stack = stack;
    this.crowd = crowd;
    this.options = options;
    this.progress = progress;
    random = new Random(options.seed());
  }

  /** Lets it all happen, and says what came of it. Whatever goes wrong is in the report. */
  ChaosReport run() {
    var proof = new Proof(crowd.ledger());
    long begun = System.nanoTime();
    var talk = new Talk(crowd, options.seed());
    try (var owners = new Owners(stack.channelServers())) {
      attempt(proof, "recovery", () -> faults(talk, owners, begun));
      attempt(proof, "last answers", talk::stop);
    }
    long ran = millis(System.nanoTime() - begun);
    talk.refusals().forEach(proof::contradiction);
    attempt(proof, "evidence", () -> new Evidence(stack, crowd, proof).gather());
    return new ChaosReport(
        options.seed(),
        options.channelServers(),
        options.gateways(),
        LEASE.toMillis(),
        ran,
        crowd.ledger().ackedCount(),
        crowd.channels().stream().mapToLong(id -> crowd.ledger().unknown(id).size()).sum(),
        talk.times().longestOutside(spans).toMillis(),
        List.copyOf(faults),
        proof.contradictions());
  }

  private static void attempt(Proof proof, String what, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | AssertionError e) {
      proof.contradiction(what + ": " + e);
    }
  }

  private void faults(Talk talk, Owners owners, long begun) {
    awaitWell(talk, owners);
    long until = begun + options.atLeast().orElse(Duration.ZERO).toNanos();
    do {
      List<FaultKind> round = new ArrayList<>(options.faults());
      Collections.shuffle(round, random);
      round.forEach(kind -> happen(kind, talk, owners, begun));
    } while (System.nanoTime() < until);
  }

  private void happen(FaultKind kind, Talk talk, Owners owners, long begun) {
    List<LocalServer> targets = kind.targets(stack);
    LocalServer target = targets.get(random.nextInt(targets.size()));
    Duration lasts = kind.lasts(random, options.atLeast().isPresent());
    Set<Long> owned = owners.channelsOf(target.name(), crowd.channels());
    long from = System.nanoTime();
    kind.begin(target);
    letPass(lasts);
    kind.end(target);
    long ended = System.nanoTime();
    awaitWell(talk, owners);
    var span = new Span(from, System.nanoTime());
    spans.add(span);
    var report =
        new FaultReport(
            kind.label(),
            target.name(),
            millis(from - begun),
            millis(ended - from),
            millis(span.to() - ended),
            talk.times().longestDuring(span, channel -> true).toMillis(),
            own(target, owned, talk.times().longestDuring(span, owned::contains)));
    faults.add(report);
    progress.accept(report.line(LEASE.toMillis()));
  }

  private FaultReport.@Nullable Own own(LocalServer target, Set<Long> owned, Duration pause) {
    return stack.channelServers().contains(target)
        ? new FaultReport.Own(owned.size(), pause.toMillis())
        : null;
  }

  /** All is well when no shard moves any more and everybody gets acks again. */
  private static void awaitWell(Talk talk, Owners owners) {
    long now = System.nanoTime();
    await().atMost(Crowd.PATIENCE).until(owners::settled);
    talk.awaitAcksOfSendsAfter(now);
  }

  private static void letPass(Duration time) {
    CompletableFuture.runAsync(
            () -> {}, CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS))
        .join();
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }
}
