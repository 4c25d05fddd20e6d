package chat.starling.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.starling.api.v1.Joined;
import chat.starling.api.v1.Message;
import chat.starling.client.ClientListener;
import chat.starling.client.StarlingClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/**
 * Members who look at nothing: of a small channel those who ask for it get every message, those who
 * do not are bumped, and of a channel with more members everybody is.
 */
class SmallChannelIT {

  /** One more than a small channel has. */
  private static final int MANY = 21;

  private static final int MESSAGES = 40;

  private final RunningStack stack = RunningStack.shared();
  private final String run = UUID.randomUUID().toString().substring(0, 8);

  @Test
  void smallChannel_isSentToWhoAsked_inOrderAndOnce_andOthersAreBumped() {
    long small = channel("small", 3);
    long large = channel("large", MANY);
    Member asked = new Member();
    Member other = new Member();
    try (StarlingClient alice = stack.client(user(0), new ClientListener() {});
        StarlingClient bob = stack.clientWithPush(user(1), asked);
        StarlingClient carol = stack.clientWithBumps(user(2), other)) {
      alice.start();
      bob.start();
      carol.start();
      for (Member member : List.of(asked, other)) {
        patiently().until(() -> member.heads.keySet().containsAll(List.of(small, large)));
      }
      talk(alice, small, large);
      patiently().until(() -> asked.seqsOf(small).size() >= MESSAGES);
      talk(alice, small, large);
      patiently().until(() -> asked.seqsOf(small).size() >= 2 * MESSAGES);
      patiently().until(() -> asked.headOf(large) == 2 * MESSAGES);
      patiently().until(() -> other.headOf(small) == 2 * MESSAGES);
      patiently().until(() -> other.headOf(large) == 2 * MESSAGES);
      assertThat(asked.seqsOf(small))
          .containsExactlyElementsOf(LongStream.rangeClosed(1, 2 * MESSAGES).boxed().toList());
      assertThat(asked.bumped).doesNotContain(small);
      assertThat(asked.seqs).containsOnlyKeys(small);
      assertThat(other.seqs).isEmpty();
    }
  }

  private long channel(String name, int members) {
    long id = stack.createChannel(user(0), name + "-" + run);
    stack.joinAll(IntStream.range(1, members).mapToObj(this::user).toList(), List.of(id));
    return id;
  }

  private String user(int number) {
    return "small-" + run + "-" + number;
  }

  private static void talk(StarlingClient sender, long... channels) {
    CompletableFuture.allOf(
            IntStream.range(0, MESSAGES)
                .boxed()
                .flatMap(i -> LongStream.of(channels).mapToObj(id -> sender.send(id, "text " + i)))
                .toArray(CompletableFuture<?>[]::new))
        .join();
  }

  private static ConditionFactory patiently() {
    return await().atMost(Duration.ofSeconds(30));
  }

  /** Writes down what it is told and sent. */
  private static final class Member implements ClientListener {
    private final Map<Long, Long> heads = new ConcurrentHashMap<>();
    private final Map<Long, List<Long>> seqs = new ConcurrentHashMap<>();
    private final List<Long> bumped = new CopyOnWriteArrayList<>();

    long headOf(long channel) {
      return heads.getOrDefault(channel, 0L);
    }

    List<Long> seqsOf(long channel) {
      return seqs.getOrDefault(channel, List.of());
    }

    @Override
    public void onJoined(Joined joined) {
      joined
          .getChannelsList()
          .forEach(channel -> heads.put(channel.getChannelId(), channel.getLastSeq()));
    }

    @Override
    public void onBump(long channelId, long lastSeq) {
      bumped.add(channelId);
      heads.merge(channelId, lastSeq, Math::max);
    }

    @Override
    public void onMessage(Message message, boolean echo) {
      seqs.computeIfAbsent(message.getChannelId(), id -> new CopyOnWriteArrayList<>())
          .add(message.getSeq());
    }
  }
}
