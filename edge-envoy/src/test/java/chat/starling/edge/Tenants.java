package chat.starling.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.starling.api.v1.Joined;
import chat.starling.api.v1.Message;
import chat.starling.client.ClientListener;
import chat.starling.client.StarlingClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/** Tenants whose owners talk all the time in all of their channels, and whose members listen. */
final class Tenants implements AutoCloseable {

  private static final long FIRST = 1_000_000;
  private static final Pattern MARKED =
      Pattern.compile("(realm|rank|room|vault|cellar|secret)-(\\d+)");
  private static final long EVERY_MILLIS = 20;

  private final List<Tenant> tenants;
  private final List<StarlingClient> owners = new ArrayList<>();
  private final List<StarlingClient> members = new ArrayList<>();
  private final List<Ear> ears = new ArrayList<>();
  private final ScheduledExecutorService talk = Executors.newSingleThreadScheduledExecutor();
  private final AtomicLong said = new AtomicLong();

  private Tenants(RunningStack stack, int count) {
    tenants =
        LongStream.range(FIRST, FIRST + count)
            .parallel()
            .mapToObj(id -> Tenant.create(stack, id))
            .toList();
    for (Tenant tenant : tenants) {
      Ear ear = new Ear(tenant);
      ears.add(ear);
      owners.add(client(tenant, tenant.owner(), tenant.ownersToken(), new ClientListener() {}));
      members.add(client(tenant, tenant.member(), tenant.membersToken(), ear));
    }
  }

  /** Returns when every member has heard something. */
  static Tenants talking(RunningStack stack, int count) {
    Tenants all = new Tenants(stack, count);
    for (int i = 0; i < count; i++) {
      all.members.get(i).focusAfter(Map.of(all.tenants.get(i).room(), 0L));
    }
    var _ = all.talk.scheduleWithFixedDelay(all::say, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> all.ears.stream().noneMatch(ear -> ear.heard.isEmpty()));
    return all;
  }

  private static StarlingClient client(
      Tenant tenant, String user, String token, ClientListener listener) {
    StarlingClient client =
        tenant.stack().clientBuilder(user, listener).tokens(() -> token).push(true).build();
    client.start();
    return client;
  }

  private void say() {
    int turn = Math.toIntExact(said.getAndIncrement());
    Tenant tenant = tenants.get(turn % tenants.size());
    StarlingClient owner = owners.get(turn % tenants.size());
    String text = "secret-" + tenant.workspace() + " " + turn;
    var _ = owner.send(tenant.room(), text);
    var _ = owner.send(tenant.vault(), text);
    var _ = owner.send(tenant.cellar(), text);
  }

  Tenant any(Random random) {
    return tenants.get(random.nextInt(tenants.size()));
  }

  /** Something of that kind which the member of this tenant may not know of. */
  long hiddenFrom(Tenant mine, IdKind kind, Random random) {
    if (kind == IdKind.CHANNEL && random.nextBoolean()) {
      return random.nextBoolean() ? mine.vault() : mine.cellar();
    }
    Tenant other = mine;
    while (other.equals(mine)) {
      other = any(random);
    }
    return kind == IdKind.CHANNEL && random.nextBoolean() ? other.vault() : other.known(kind);
  }

  /** That a text tells the member of this tenant of nothing but what is his. */
  static void assertIsOf(Tenant mine, String text) {
    Matcher found = MARKED.matcher(text);
    while (found.find()) {
      assertThat(found.group(2)).as(text).isEqualTo(Long.toString(mine.workspace()));
      assertThat(found.group(1)).as(text).isNotIn("vault", "cellar");
    }
  }

  /** That all members heard their own and nothing else. */
  void assertAllHeardTheirOwn() {
    for (Ear ear : ears) {
      assertThat(ear.heard).isNotEmpty().allSatisfy(text -> assertIsOf(ear.tenant, text));
      assertThat(ear.channels).allMatch(id -> id == ear.tenant.room());
    }
  }

  @Override
  public void close() {
    talk.shutdownNow();
    owners.forEach(StarlingClient::close);
    members.forEach(StarlingClient::close);
  }

  /** What a member is told. */
  private static final class Ear implements ClientListener {
    private final Tenant tenant;
    private final Queue<String> heard = new ConcurrentLinkedQueue<>();
    private final Queue<Long> channels = new ConcurrentLinkedQueue<>();

    Ear(Tenant tenant) {
      this.tenant = tenant;
    }

    @Override
    public void onMessage(Message message, boolean echo) {
      heard.add(message.getText());
      channels.add(message.getChannelId());
    }

    @Override
    public void onJoined(Joined joined) {
      joined.getChannelsList().forEach(bump -> channels.add(bump.getChannelId()));
    }

    @Override
    public void onBump(long channelId, long lastSeq) {
      channels.add(channelId);
    }
  }
}
