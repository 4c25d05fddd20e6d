package chat.starling.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import chat.starling.api.internal.v1.Act;
import chat.starling.api.internal.v1.AdministerRequest;
import chat.starling.api.internal.v1.AdministerResponse;
import chat.starling.api.internal.v1.ChannelKind;
import chat.starling.api.internal.v1.ChannelRecord;
import chat.starling.api.internal.v1.CountMembersRequest;
import chat.starling.api.internal.v1.GetMembershipRequest;
import chat.starling.api.internal.v1.ListAuditLogRequest;
import chat.starling.api.internal.v1.ListChannelsRequest;
import chat.starling.api.internal.v1.ListMembershipsRequest;
import chat.starling.api.internal.v1.LookupChannelRequest;
import chat.starling.api.internal.v1.WorkspaceEvent;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.platform.rpc.RefusalStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Acts on channels and on who is in them, by a whole channel server over the real store. */
class ChannelActsIT {

  private static final long OWNER = 7;
  private static final AtomicLong NONCES = new AtomicLong();

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start("channel_acts");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void channel_publicInAWorkspaceThatNobodyFounded_isMadeAndJoinedByAnybody() {
    long id = 1;
    long channel = create(id, 20, "plans", ChannelKind.CHANNEL_KIND_UNSPECIFIED);
    act(id, 21, join(channel));
    assertThat(lookup(id, "plans", 0).getChannelId()).isEqualTo(channel);
    assertThat(isMember(channel, 21)).isTrue();
    assertThat(listed(id, 0, 0)).containsExactly(channel);
    assertThat(listed(id, 21, 21)).containsExactly(channel);
    assertThat(count(channel)).isEqualTo(2);
    Act.Builder leave = Act.newBuilder();
    leave.getLeaveChannelBuilder().setChannelId(channel);
    act(id, 21, leave);
    assertThat(isMember(channel, 21)).isFalse();
    assertThat(listed(id, 21, 21)).isEmpty();
    act(id, 21, join(channel));
    assertThat(isMember(channel, 21)).isTrue();
  }

  @Test
  void channel_private_isThereForItsMembersAndAdministrators() {
    long id = 2;
    found(id);
    act(id, 30, enter());
    act(id, 31, enter());
    long secret = create(id, OWNER, "secret", ChannelKind.CHANNEL_KIND_PRIVATE);
    Act.Builder add = Act.newBuilder();
    add.getAddToChannelBuilder().setChannelId(secret).setUserId(30);
    act(id, OWNER, add);
    Act.Builder leave = Act.newBuilder();
    leave.getLeaveChannelBuilder().setChannelId(secret);
    act(id, OWNER, leave);
    assertThat(lookup(id, "secret", OWNER).getKind()).isEqualTo(ChannelKind.CHANNEL_KIND_PRIVATE);
    assertThat(lookup(id, "secret", 30).getChannelId()).isEqualTo(secret);
    assertThat(listed(id, 0, 30)).containsExactly(secret);
    assertThat(listed(id, 0, 31)).isEmpty();
    assertThat(reason(() -> lookup(id, "secret", 31))).isEqualTo(Reason.REASON_CHANNEL_NOT_FOUND);
    assertThat(reason(() -> isMember(secret, 31))).isEqualTo(Reason.REASON_CHANNEL_NOT_FOUND);
    assertThat(reason(() -> act(id, 31, join(secret)))).isEqualTo(Reason.REASON_CHANNEL_NOT_FOUND);
    assertThat(isMember(secret, OWNER)).isFalse();
  }

  @Test
  void channel_renamed_isFoundByItsNewName() {
    long id = 3;
    found(id);
    long channel = create(id, OWNER, "plans", ChannelKind.CHANNEL_KIND_ANNOUNCEMENT);
    Act.Builder rename = Act.newBuilder();
    rename.getRenameChannelBuilder().setChannelId(channel).setName("news");
    act(id, OWNER, rename);
    Act.Builder topic = Act.newBuilder();
    topic.getSetTopicBuilder().setChannelId(channel).setTopic("what is new");
    act(id, OWNER, topic);
    assertThat(reason(() -> lookup(id, "plans", OWNER))).isEqualTo(Reason.REASON_CHANNEL_NOT_FOUND);
    ChannelRecord found = lookup(id, "news", OWNER);
    assertThat(found.getChannelId()).isEqualTo(channel);
    assertThat(found.getTopic()).isEqualTo("what is new");
    assertThat(create(id, OWNER, "plans", ChannelKind.CHANNEL_KIND_UNSPECIFIED))
        .isNotEqualTo(channel);
  }

  @Test
  void channel_direct_isItsMembersAlone() {
    long id = 4;
    found(id);
    LongStream.of(40, 41, 42).forEach(user -> act(id, user, enter()));
    Act.Builder open = Act.newBuilder();
    open.getOpenDirectBuilder().addUserIds(41);
    long channel = act(id, 40, open).getMadeId();
    Act.Builder back = Act.newBuilder();
    back.getOpenDirectBuilder().addUserIds(40);
    AdministerResponse again = act(id, 41, back);
    assertThat(again.getMadeId()).isEqualTo(channel);
    assertThat(again.getSeq()).isZero();
    assertThat(isMember(channel, 40)).isTrue();
    assertThat(reason(() -> isMember(channel, 42))).isEqualTo(Reason.REASON_CHANNEL_NOT_FOUND);
    assertThat(reason(() -> isMember(channel, OWNER))).isEqualTo(Reason.REASON_CHANNEL_NOT_FOUND);
    assertThat(memberships(id, 41)).containsExactly(channel);
    assertThat(listed(id, 0, 40)).isEmpty();
    assertThat(
            server
                .administration()
                .listAuditLog(
                    ListAuditLogRequest.newBuilder()
                        .setWorkspaceId(id)
                        .setActorId(OWNER)
                        .setLimit(10)
                        .build())
                .getEntriesList())
        .extracting(WorkspaceEvent::getSeq)
        .containsExactly(1L);
  }

  @Test
  void joins_ofMany_areAllDone() {
    long id = 5;
    long channel = create(id, 50, "crowd", ChannelKind.CHANNEL_KIND_UNSPECIFIED);
    int one = 50;
    int many = 600;
    Duration alone = joins(id, channel, LongStream.range(1_000, 1_000 + one), Runnable::run);
    Duration together;
    try (var threads = Executors.newFixedThreadPool(128)) {
      together = joins(id, channel, LongStream.range(2_000, 2_000 + many), threads);
    }
    System.out.printf(
        "joins a second: %d one after the other, %d by 128 at once%n",
        one * 1_000L / alone.toMillis(), many * 1_000L / together.toMillis());
    assertThat(isMember(channel, 1_000)).isTrue();
    assertThat(LongStream.range(2_000, 2_000 + many))
        .allSatisfy(user -> assertThat(isMember(channel, user)).isTrue());
    assertThat(count(channel)).isEqualTo(101);
  }

  private static Duration joins(long id, long channel, LongStream users, Executor threads) {
    long begin = System.nanoTime();
    List<CompletableFuture<Void>> joins =
        users
            .mapToObj(
                user -> CompletableFuture.runAsync(() -> act(id, user, join(channel)), threads))
            .toList();
    joins.forEach(CompletableFuture::join);
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private static void found(long workspace) {
    act(workspace, OWNER, Act.newBuilder().setFound(Act.Found.newBuilder().setName("Birds")));
  }

  private static Act.Builder enter() {
    return Act.newBuilder().setEnter(Act.Enter.getDefaultInstance());
  }

  private static Act.Builder join(long channel) {
    Act.Builder act = Act.newBuilder();
    act.getJoinChannelBuilder().setChannelId(channel);
    return act;
  }

  private static long create(long workspace, long actor, String name, ChannelKind kind) {
    Act.Builder act = Act.newBuilder();
    act.getCreateChannelBuilder().setName(name).setKind(kind);
    return act(workspace, actor, act).getMadeId();
  }

  private static AdministerResponse act(long workspace, long actor, Act.Builder act) {
    return server
        .administration()
        .administer(
            AdministerRequest.newBuilder()
                .setWorkspaceId(workspace)
                .setActorId(actor)
                .setNonce(Requests.nonce(78, NONCES.incrementAndGet()))
                .setAct(act)
                .build());
  }

  private static ChannelRecord lookup(long workspace, String name, long viewer) {
    return server
        .directory()
        .lookupChannel(
            LookupChannelRequest.newBuilder()
                .setWorkspaceId(workspace)
                .setName(name)
                .setViewerId(viewer)
                .build())
        .getChannel();
  }

  private static boolean isMember(long channel, long user) {
    return server
        .directory()
        .getMembership(
            GetMembershipRequest.newBuilder().setChannelId(channel).setUserId(user).build())
        .getMember();
  }

  private static List<Long> listed(long workspace, long member, long viewer) {
    return server
        .directory()
        .listChannels(
            ListChannelsRequest.newBuilder()
                .setWorkspaceId(workspace)
                .setPageSize(100)
                .setMemberId(member)
                .setViewerId(viewer)
                .build())
        .getChannelsList()
        .stream()
        .map(ChannelRecord::getChannelId)
        .toList();
  }

  private static List<Long> memberships(long workspace, long user) {
    return server
        .directory()
        .listMemberships(
            ListMembershipsRequest.newBuilder()
                .setUserId(user)
                .setWorkspaceId(workspace)
                .setLimit(100)
                .build())
        .getChannelIdsList();
  }

  private static int count(long channel) {
    return server
        .directory()
        .countMembers(CountMembersRequest.newBuilder().setChannelId(channel).setMost(100).build())
        .getMembers();
  }

  private static Reason reason(ThrowingCallable call) {
    return RefusalStatus.fromThrowable(catchThrowable(call))
        .map(Refusal::getReason)
        .orElse(Reason.REASON_UNSPECIFIED);
  }
}
