package chat.starling.edge.chaos;

import static org.awaitility.Awaitility.await;

import chat.starling.api.v1.Reason;
import chat.starling.client.StarlingClient;
import chat.starling.edge.RunningStack;
import chat.starling.edge.chaos.SendTimes.Span;
import chat.starling.edge.crowd.Crowd;
import chat.starling.edge.crowd.Outages;
import chat.starling.edge.crowd.Outages.Outage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Very many sessions that lose their gateway at the same moment, and some onlookers, of whom those
 * count who are with another gateway and should not notice.
 */
final class Storm implements AutoCloseable {

  private static final int ONLOOKERS = 8;
  private static final long CALM_SECONDS = 3;
  private static final Set<Reason> EXPECTED =
      Set.of(Reason.REASON_UNAVAILABLE, Reason.REASON_OVERLOADED);

  private final RunningStack stack;
  private final Crowd crowd;
  private final int sessions;
  private final long seed;
  private final Outages outages = new Outages();
  private final List<StarlingClient> clients = new ArrayList<>();
  private final List<Onlooker> onlookers = new ArrayList<>();
  private @Nullable Swarm swarm;
  private Span calm = new Span(0, 0);
  private Span storm = new Span(0, 0);

  /** A storm of that many sessions, all of whom look at the crowd's channels. */
  Storm(RunningStack stack, Crowd crowd, int sessions, long seed) {
    this.stack = stack;
    this.crowd = crowd;
    this.sessions = sessions;
    this.seed = seed;
  }

  /** Returns when all are connected. */
  void gather() {
    for (int i = 0; i < ONLOOKERS; i++) {
      look("onlooker-" + i);
    }
    swarm = new Swarm(stack, sessions, crowd.channels(), seed);
    swarm.start();
    await().atMost(Crowd.PATIENCE).until(swarm::allReady);
  }

  /** Watches the onlookers for a while, to know what is usual. */
  void calm() {
    long from = System.nanoTime();
    await()
        .atMost(Crowd.PATIENCE)
        .until(() -> System.nanoTime() - from > TimeUnit.SECONDS.toNanos(CALM_SECONDS));
    calm = new Span(from, System.nanoTime());
  }

  /** Does what makes many lose their sessions; returns when all have one again. */
  void breakOut(Runnable disaster) {
    swarm().forget();
    outages.forget();
    long from = System.nanoTime();
    disaster.run();
    await().atMost(Crowd.PATIENCE).until(swarm()::hasLost);
    await().atMost(Crowd.PATIENCE).until(swarm()::allReady);
    storm = new Span(from, System.nanoTime());
    onlookers.forEach(Onlooker::stop);
  }

  /** Returns when everybody was shown everything that was acked. */
  void awaitAllCaughtUp() {
    await()
        .atMost(Crowd.PATIENCE)
        .until(() -> {
          List<Member> behind = new ArrayList<>();
          swarm()
              .each(member -> {
                if (member.lastSeq() < crowd.ledger().acked(member.channelId()).size()) {
                  behind.add(member);
                }
              });
          return behind.isEmpty();
        });
  }

  /** What the sessions were told, and how often. */
  Map<Reason, Integer> told() {
    Map<Reason, Integer> told = new EnumMap<>(Reason.class);
    swarm().each(member -> member.told().forEach(reason -> told.merge(reason, 1, Integer::sum)));
    return told;
  }

  /** What no session should have seen. */
  List<String> contradictions() {
    List<String> wrong = new ArrayList<>();
    swarm()
        .each(member -> {
          wrong.addAll(member.surprises());
          member.told().stream()
              .filter(reason -> !EXPECTED.contains(reason))
              .forEach(reason -> wrong.add("a session was told " + reason.name()));
        });
    return wrong;
  }

  String report() {
    List<Duration> lost = new ArrayList<>();
    swarm()
        .each(member -> {
          if (!member.told().isEmpty()) {
            lost.add(Duration.ofNanos(member.outageNanos()));
          }
        });
    return """
    storm: %d of %d sessions lost their gateway, were told %s, and were back after %s
    storm: acks of those who stayed, before: %s
    storm: acks of those who stayed, during: %s\
    """
        .formatted(
            lost.size(),
            sessions,
            told(),
            Percentiles.of(lost),
            ofThoseWhoStayed(calm),
            ofThoseWhoStayed(storm));
  }

  @Override
  public void close() {
    if (swarm != null) {
      swarm.close();
    }
    clients.forEach(StarlingClient::close);
  }

  private void look(String name) {
    StarlingClient client = stack.client(name, outages.of(name));
    client.start();
    clients.add(client);
    Onlooker onlooker = new Onlooker(name, client, stack.createChannel(name, "of-" + name));
    onlooker.begin();
    onlookers.add(onlooker);
  }

  private Percentiles ofThoseWhoStayed(Span span) {
    Set<String> moved = outages.all().stream().map(Outage::client).collect(Collectors.toSet());
    return Percentiles.of(
        onlookers.stream()
            .filter(onlooker -> !moved.contains(onlooker.name()))
            .flatMap(onlooker -> onlooker.during(span).stream())
            .toList());
  }

  private Swarm swarm() {
    if (swarm == null) {
      throw new IllegalStateException("nobody is gathered");
    }
    return swarm;
  }
}
