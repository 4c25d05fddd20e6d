package chat.starling.channel;

import static org.awaitility.Awaitility.await;

import chat.starling.api.internal.v1.AppendResponse;
import chat.starling.api.internal.v1.CreateChannelRequest;
import chat.starling.api.internal.v1.GetStatusRequest;
import chat.starling.api.internal.v1.GetStatusResponse;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.ring.RingCodec;
import chat.starling.platform.ring.RingView;
import chat.starling.platform.ring.Shard;
import chat.starling.platform.time.SystemTime;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.awaitility.core.ConditionFactory;

/** Two channel servers on one store, each with its share of the shards. */
final class TwoServers implements AutoCloseable {

  private static final int LEAST_SHARE = 1_600;
  private static final AtomicLong NEXT = new AtomicLong(10_000);

  final TestServer one;
  final TestServer two;

  TwoServers(String keyspace) {
    one = TestServer.start(keyspace, SystemTime.wall(), Map.of("server.id", "one"));
    two = TestServer.start(keyspace, SystemTime.wall(), Map.of("server.id", "two"));
    patiently()
        .until(() ->
            status(one).getShardsCount() + status(two).getShardsCount() == Shard.COUNT
                && status(two).getShardsCount() > LEAST_SHARE
                && status(one).getRing().equals(status(two).getRing()));
  }

  static ConditionFactory patiently() {
    return await().atMost(Duration.ofSeconds(60));
  }

  /** A new workspace whose feed is this server's. */
  long workspaceOf(String server) {
    RingView view = view();
    return LongStream.generate(NEXT::getAndIncrement)
        .filter(id -> owns(view, server, FeedId.workspace(id)))
        .findFirst()
        .orElseThrow();
  }

  /** An id that no other test has, of a channel that is this server's; no directory knows it. */
  long channelOf(String server) {
    RingView view = view();
    return LongStream.generate(NEXT::getAndIncrement)
        .filter(id -> owns(view, server, FeedId.channel(id)))
        .findFirst()
        .orElseThrow();
  }

  /** A new channel of user 1's whose feed is this server's. */
  long channel(long workspace, String server) {
    RingView view = view();
    return LongStream.generate(() -> create(workspace))
        .filter(id -> owns(view, server, FeedId.channel(id)))
        .findFirst()
        .orElseThrow();
  }

  /** A new channel of user 1's. */
  long create(long workspace) {
    return two.directory()
        .createChannel(
            CreateChannelRequest.newBuilder()
                .setWorkspaceId(workspace)
                .setName("c" + NEXT.getAndIncrement())
                .setCreatorId(1)
                .build())
        .getChannel()
        .getChannelId();
  }

  static GetStatusResponse status(TestServer server) {
    return server.operations().getStatus(GetStatusRequest.getDefaultInstance());
  }

  static void append(TestServer server, long channel, long number) {
    var _ = append(server, channel, number, false);
  }

  static AppendResponse append(TestServer server, long channel, long number, boolean retry) {
    return server
        .blockingFeeds()
        .append(
            Requests.append(channel, Requests.nonce(channel, number), "text " + number)
                .setRetry(retry)
                .build());
  }

  @Override
  public void close() {
    one.close();
    two.close();
  }

  private RingView view() {
    return RingCodec.toView(status(two).getRing());
  }

  private static boolean owns(RingView view, String server, FeedId feed) {
    return Objects.requireNonNull(view.ownerOf(Shard.of(feed))).serverId().equals(server);
  }
}
