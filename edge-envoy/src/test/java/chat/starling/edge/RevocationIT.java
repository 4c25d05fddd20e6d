package chat.starling.edge;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.starling.client.ClientListener;
import chat.starling.client.StarlingClient;
import chat.starling.devstack.StackOptions;
import chat.starling.edge.chaos.Owners;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/**
 * The role that lets members see a channel is given and taken as fast as that is answered, while
 * others write there without a pause: once a take is answered its member sees nothing of what is
 * sent after it, on whichever gateway, until he may again. How much of it comes once he may is
 * counted: he may read it then. Times are {@link System#nanoTime}.
 */
class RevocationIT {

  private static final int GUESTS = 40;
  private static final int CALLERS = 20;

  /** So many are under way at once, as many as there are callers. */
  private static final int CHANGES = 2000;

  private static final List<String> ADMINISTRATORS = List.of("warden-0", "warden-1", "warden-2");
  private static final List<String> SENDERS = List.of("sender-0", "sender-1", "sender-2");

  /** Of one gateway, on Envoy's admin page. */
  private static final Pattern STREAMS =
      Pattern.compile("^gateway::127\\.0\\.0\\.1:\\d+::rq_active::(\\d+)$", Pattern.MULTILINE);

  /** A message, when its send began and when its sender had the ack. */
  private record Written(long begun, long acked) {}

  /** From the answer of a take until the next give is asked. */
  private record Denial(long from, long until) {}

  /** A guest, and what the owner has done to him. */
  private static final class Fate {
    final Guest guest;
    final List<Denial> denials = new ArrayList<>();
    boolean may = true;
    boolean told = true;
    long takenAt;
    int changes;

    /** So many messages came before he asked for what he had missed. */
    int unasked;

    Fate(Guest guest) {
      this.guest = guest;
    }
  }

  private final long seed = Long.getLong("revocation.seed", ThreadLocalRandom.current().nextLong());
  private final Map<String, Written> written = new ConcurrentHashMap<>();
  private final AtomicInteger number = new AtomicInteger();
  private final AtomicInteger unfinished = new AtomicInteger(SENDERS.size());
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();
  private volatile boolean writing = true;

  @Test
  void role_takenWhileMessagesCome_nothingSentAfterTheAnswerArrives() throws Exception {
    System.out.println("revocation: seed " + seed);
    StackOptions options =
        StackOptions.forTests()
            .withServers(2, 2)
            .withChannelServerSetting("ownership.parallel-moves", "512");
    try (RunningStack stack = RunningStack.start(options);
        Owners owners = new Owners(stack.stack().channelServers())) {
      patiently().until(owners::settled);
      List<String> names = IntStream.range(0, GUESTS).mapToObj(i -> "guest-" + i).toList();
      GuardedChannel channel =
          new GuardedChannel(stack, Stream.concat(SENDERS.stream(), names.stream()).toList());
      ManagedChannel connection = stack.dial();
      List<StarlingClient> senders =
          SENDERS.stream().map(name -> sender(stack, channel, name)).toList();
      try {
        List<Fate> fates =
            names.stream()
                .map(name -> new Guest(name, channel.id(), connection, channel.token(name)))
                .map(Fate::new)
                .toList();
        fates.forEach(fate -> fate.guest.look());
        requireOnBothGateways(stack);
        channel.appoint(ADMINISTRATORS);
        senders.forEach(StarlingClient::start);
        senders.forEach(sender -> write(sender, channel.id()));
        storm(channel, fates);
        settle(fates);
        judge(fates);
        fates.forEach(fate -> fate.guest.leave());
      } finally {
        senders.forEach(StarlingClient::close);
        connection.shutdownNow();
      }
    }
  }

  private static StarlingClient sender(RunningStack stack, GuardedChannel channel, String name) {
    return stack
        .clientBuilder(name, new ClientListener() {})
        .tokens(() -> channel.token(name))
        .build();
  }

  /** Sends a message, and the next once it is acked. */
  private void write(StarlingClient sender, long channelId) {
    if (!writing) {
      if (unfinished.decrementAndGet() == 0) {
        stopped.complete(null);
      }
      return;
    }
    String text = "message " + number.incrementAndGet();
    long begun = System.nanoTime();
    var _ =
        sender
            .send(channelId, text)
            .thenAccept(sent -> {
              written.put(text, new Written(begun, System.nanoTime()));
              write(sender, channelId);
            })
            .exceptionally(fault -> {
              stopped.completeExceptionally(fault);
              return null;
            });
  }

  /** Each caller has guests of its own, so that what is done to one guest has an order. */
  private void storm(GuardedChannel channel, List<Fate> fates) {
    long begun = System.nanoTime();
    AtomicInteger left = new AtomicInteger(CHANGES);
    CompletableFuture<?>[] callers =
        IntStream.range(0, CALLERS)
            .mapToObj(i ->
                CompletableFuture.runAsync(
                    () -> {
                      Random random = new Random(seed + i);
                      List<Fate> own =
                          IntStream.iterate(i, n -> n < fates.size(), n -> n + CALLERS)
                              .mapToObj(fates::get)
                              .toList();
                      while (left.getAndDecrement() > 0) {
                        change(
                            channel, own.get(random.nextInt(own.size())), i, random.nextBoolean());
                      }
                    },
                    Thread::startVirtualThread))
            .toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(callers).join();
    int changes = fates.stream().mapToInt(fate -> fate.changes).sum();
    double seconds = (System.nanoTime() - begun) / 1e9;
    System.out.printf(
        "revocation: %d changes in %.1f s, %.0f a second, beside %d messages%n",
        changes, seconds, changes / seconds, written.size());
  }

  private static void change(GuardedChannel channel, Fate fate, int by, boolean patient) {
    fate.changes++;
    if (fate.may) {
      fate.guest.requireUndisturbed();
      channel.take(fate.guest.name(), by);
      fate.takenAt = System.nanoTime();
      fate.may = false;
      fate.told = patient;
      if (patient) {
        fate.guest.awaitRemoved();
      }
    } else {
      fate.denials.add(new Denial(fate.takenAt, System.nanoTime()));
      channel.give(fate.guest.name(), by);
      fate.may = true;
      fate.guest.look();
    }
  }

  /** Who may see the channel gets all of it from where he was, and who may not is told so. */
  private void settle(List<Fate> fates) {
    for (Fate fate : fates) {
      fate.unasked = fate.guest.arrivals().size();
      if (fate.may) {
        fate.guest.lookAnew();
      } else {
        fate.denials.add(new Denial(fate.takenAt, Long.MAX_VALUE));
        if (!fate.told) {
          fate.guest.awaitRemoved();
        }
        fate.guest.lookInVain();
      }
    }
    writing = false;
    stopped.join();
    assertThat(fates).extracting(fate -> fate.may).contains(true, false);
    patiently()
        .untilAsserted(() ->
            assertThat(fates)
                .filteredOn(fate -> fate.may)
                .allMatch(fate -> fate.guest.last() == written.size()));
  }

  private void judge(List<Fate> fates) {
    List<String> breaches = new ArrayList<>();
    int withheld = 0;
    int late = 0;
    int asked = 0;
    for (Fate fate : fates) {
      assertThat(fate.guest.faults()).isEmpty();
      for (Denial denial : fate.denials) {
        withheld += (int) written.values().stream().filter(m -> isWithin(m, denial)).count();
        List<Guest.Arrival> arrivals = fate.guest.arrivals();
        for (int i = 0; i < arrivals.size(); i++) {
          Guest.Arrival arrival = arrivals.get(i);
          Written message = requireNonNull(written.get(arrival.text()), arrival.text());
          if (message.begun > denial.from && arrival.at() < denial.until) {
            breaches.add(fate.guest.name() + " got " + arrival.text());
          } else if (isWithin(message, denial)) {
            late += i < fate.unasked ? 1 : 0;
            asked += i < fate.unasked ? 0 : 1;
          }
        }
      }
    }
    System.out.printf(
        "revocation: %d messages withheld, %d of them sent on their way once he might, %d when"
            + " asked%n",
        withheld, late, asked);
    assertThat(breaches).as("seed %d", seed).isEmpty();
    assertThat(withheld).as("the test has tried it").isGreaterThan(GUESTS);
  }

  private static boolean isWithin(Written message, Denial denial) {
    return message.begun > denial.from && message.acked < denial.until;
  }

  private static void requireOnBothGateways(RunningStack stack)
      throws IOException, InterruptedException {
    URI page =
        URI.create(
            "http://127.0.0.1:%d/clusters".formatted(stack.stack().ports().edgeAdmin().number()));
    try (HttpClient http = HttpClient.newHttpClient()) {
      String clusters =
          http.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString()).body();
      List<Integer> streams =
          STREAMS
              .matcher(clusters)
              .results()
              .map(found -> Integer.parseInt(found.group(1)))
              .toList();
      assertThat(streams).as(clusters).hasSize(2).allMatch(sessions -> sessions >= GUESTS / 4);
    }
  }

  private static ConditionFactory patiently() {
    return await().atMost(Duration.ofMinutes(2));
  }
}
