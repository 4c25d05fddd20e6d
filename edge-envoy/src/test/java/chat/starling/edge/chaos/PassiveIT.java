package chat.starling.edge.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.starling.api.v1.Joined;
import chat.starling.api.v1.Message;
import chat.starling.api.v1.Sent;
import chat.starling.client.ClientListener;
import chat.starling.client.StarlingClient;
import chat.starling.devstack.StackOptions;
import chat.starling.edge.ManyAtOnce;
import chat.starling.edge.RunningStack;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/**
 * Whoever does not look is told how far his channels are and is sent no message, also when the
 * server dies that knows it.
 */
class PassiveIT {

  private static final int CHANNELS = 8;
  private static final int MESSAGES = 40;

  private final Map<Long, Long> acked = new ConcurrentSkipListMap<>();

  @Test
  void passiveClient_getsBumpsAndNoPayload_alsoWhenTheWorkspacesOwnerIsKilled() {
    var servers =
        StackOptions.forTests()
            .withServers(3, 2)
            .withChannelServerSetting("ownership.parallel-moves", "512");
    try (RunningStack stack = RunningStack.start(servers);
        Owners owners = new Owners(stack.stack().channelServers());
        StarlingClient alice = stack.client("alice", new ClientListener() {})) {
      patiently().until(owners::settled);
      alice.start();
      open(stack);
      Passive bob = new Passive();
      Passive carol = new Passive();
      try (StarlingClient passive = stack.clientWithBumps("bob", bob);
          StarlingClient other = stack.clientWithBumps("carol", carol)) {
        passive.start();
        other.start();
        patiently().until(() -> bob.joined.size() == CHANNELS && carol.joined.size() == 1);
        talk(alice);
        patiently().until(() -> bob.heads().equals(acked));
        assertThat(bob.bumps).as("many messages, few bumps").hasValueLessThan(CHANNELS * MESSAGES);

        String owner = owners.ownerOfWorkspace(RunningStack.WORKSPACE).orElseThrow();
        stack.stack().server(owner).kill9();
        talk(alice);
        patiently().until(() -> bob.heads().equals(acked));

        passive.disconnect();
        patiently().until(() -> bob.joined.equals(acked));
        assertThat(carol.heads()).as("her own channel and no other").hasSize(1);
        patiently().until(() -> acked.entrySet().containsAll(carol.heads().entrySet()));
        assertThat(bob.messages).hasValue(0);
        assertThat(carol.messages).hasValue(0);
      }
    }
  }

  /** Alice and bob are in all channels, carol in one. */
  private void open(RunningStack stack) {
    ManyAtOnce.run(
        Collections.<Runnable>nCopies(CHANNELS, () -> open(stack, "passive-" + UUID.randomUUID())));
    stack.joinAll(List.of("bob"), acked.keySet());
    stack.join("carol", acked.keySet().iterator().next());
  }

  private void open(RunningStack stack, String name) {
    acked.put(stack.createChannel("alice", name), 0L);
  }

  private void talk(StarlingClient sender) {
    var sends =
        acked.keySet().stream()
            .flatMap(channel ->
                IntStream.range(0, MESSAGES).mapToObj(i -> sender.send(channel, "message " + i)))
            .map(sent -> sent.thenAccept(this::note))
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(sends).join();
  }

  private void note(Sent sent) {
    acked.merge(sent.getChannelId(), sent.getSeq(), Math::max);
  }

  private static ConditionFactory patiently() {
    return await().atMost(Duration.ofMinutes(2));
  }

  /** Writes down what it is told. */
  private static final class Passive implements ClientListener {
    private final Map<Long, Long> joined = new ConcurrentHashMap<>();
    private final Map<Long, Long> heads = new ConcurrentHashMap<>();
    private final AtomicInteger bumps = new AtomicInteger();
    private final AtomicInteger messages = new AtomicInteger();

    Map<Long, Long> heads() {
      return new TreeMap<>(heads);
    }

    @Override
    public void onJoined(Joined told) {
      told.getChannelsList()
          .forEach(channel -> {
            joined.put(channel.getChannelId(), channel.getLastSeq());
            heads.merge(channel.getChannelId(), channel.getLastSeq(), Math::max);
          });
    }

    @Override
    public void onBump(long channelId, long lastSeq) {
      bumps.incrementAndGet();
      heads.merge(channelId, lastSeq, Math::max);
    }

    @Override
    public void onMessage(Message message, boolean echo) {
      messages.incrementAndGet();
    }
  }
}
