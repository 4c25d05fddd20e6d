package chat.starling.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import chat.starling.api.internal.v1.Act;
import chat.starling.api.internal.v1.AdministerRequest;
import chat.starling.api.internal.v1.AdministerResponse;
import chat.starling.api.internal.v1.AdministrationServiceGrpc.AdministrationServiceBlockingStub;
import chat.starling.api.internal.v1.CreateChannelRequest;
import chat.starling.api.internal.v1.FeedId;
import chat.starling.api.internal.v1.FeedKind;
import chat.starling.api.internal.v1.GetChannelRulesRequest;
import chat.starling.api.internal.v1.GetMemberRequest;
import chat.starling.api.internal.v1.GetWorkspaceRulesRequest;
import chat.starling.api.internal.v1.ListAuditLogRequest;
import chat.starling.api.internal.v1.ListAuditLogResponse;
import chat.starling.api.internal.v1.ListMembersRequest;
import chat.starling.api.internal.v1.ListMembersResponse;
import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.MemberState;
import chat.starling.api.internal.v1.OverrideRow;
import chat.starling.api.internal.v1.ReadEventsRequest;
import chat.starling.api.internal.v1.RoleRow;
import chat.starling.api.internal.v1.SubscribeRequest;
import chat.starling.api.internal.v1.WorkspaceEvent;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.platform.rpc.RefusalStatus;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Acts on workspaces, by a whole channel server over the real store. */
class AdministrationIT {

  private static final long OWNER = 7;

  private static TestServer server;
  private static long nonces;

  @BeforeAll
  static void start() {
    server = TestServer.start("administration");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void acts_areEventsAndRowsAndAuditEntries() throws InvalidProtocolBufferException {
    long id = 1;
    assertThat(calls().getWorkspaceRules(rules(id)).hasWorkspace()).isFalse();
    assertThat(calls().getWorkspaceRules(rules(id)).getRolesList()).hasSize(1);
    found(id);
    act(id, 8, Act.newBuilder().setEnter(Act.Enter.getDefaultInstance()));
    long role = act(id, OWNER, createRole("crows")).getMadeId();
    Act.Builder give = Act.newBuilder();
    give.getGiveRoleBuilder().setUserId(8).setRoleId(role);
    act(id, OWNER, give);
    assertThat(calls().getWorkspaceRules(rules(id)).getRolesList())
        .extracting(RoleRow::getName)
        .containsExactly("", "crows");
    assertThat(calls().getWorkspaceRules(rules(id)).getVersion()).isEqualTo(3);
    MemberRow member = member(id, 8);
    assertThat(member.getRoleIdsList()).containsExactly(role);
    assertThat(member.getVersion()).isEqualTo(4);
    List<WorkspaceEvent> events = events(id);
    assertThat(events).extracting(WorkspaceEvent::getSeq).containsExactly(1L, 2L, 3L, 4L);
    assertThat(events.get(3).getAct()).isEqualTo(give.build());
    ListAuditLogResponse audit = calls().listAuditLog(audit(id, OWNER, 2, 0));
    assertThat(audit.getEntriesList()).extracting(WorkspaceEvent::getSeq).containsExactly(4L, 3L);
    assertThat(audit.getMore()).isTrue();
    ListAuditLogResponse rest =
        calls().listAuditLog(audit(id, OWNER, 2, audit.getEntries(1).getEventId()));
    assertThat(rest.getEntriesList()).extracting(WorkspaceEvent::getSeq).containsExactly(1L);
    assertThat(rest.getMore()).isFalse();
  }

  @Test
  void override_isInTheChannelsRules() {
    long id = 2;
    found(id);
    long channel =
        server
            .directory()
            .createChannel(
                CreateChannelRequest.newBuilder()
                    .setWorkspaceId(id)
                    .setName("plans")
                    .setCreatorId(OWNER)
                    .build())
            .getChannel()
            .getChannelId();
    OverrideRow row = OverrideRow.newBuilder().setRoleId(id).setDeny(1 << 18).build();
    Act.Builder set = Act.newBuilder();
    set.getSetOverrideBuilder().setChannelId(channel).setOverride(row);
    act(id, OWNER, set);
    var rules =
        calls().getChannelRules(GetChannelRulesRequest.newBuilder().setChannelId(channel).build());
    assertThat(rules.getWorkspaceId()).isEqualTo(id);
    assertThat(rules.getOverridesList()).containsExactly(row);
    assertThat(rules.getVersion()).isEqualTo(2);
  }

  @Test
  void repetition_alsoByTheNextServer_returnsTheFirstResult() {
    try (TestServer first = TestServer.start("administration_restart")) {
      AdministerRequest request = request(3, OWNER, Act.newBuilder().setFound(named("Birds")));
      AdministerResponse done = first.administration().administer(request);
      assertThat(done.getDuplicate()).isFalse();
      first.crash();
      try (TestServer second = TestServer.start("administration_restart")) {
        AdministerResponse again = second.administration().administer(request);
        assertThat(again).isEqualTo(done.toBuilder().setDuplicate(true).build());
        AdministerRequest role = request(3, OWNER, createRole("crows"));
        assertThat(second.administration().administer(role).getSeq()).isEqualTo(2);
      }
    }
  }

  @Test
  void members_byPages_areEachOneOnce() {
    long id = 4;
    found(id);
    for (long user = 100; user < 130; user++) {
      act(id, user, Act.newBuilder().setEnter(Act.Enter.getDefaultInstance()));
    }
    act(id, 101, Act.newBuilder().setLeave(Act.Leave.getDefaultInstance()));
    assertThat(member(id, 101).getState()).isEqualTo(MemberState.MEMBER_STATE_LEFT);
    for (int size : new int[] {1, 7, 1_000}) {
      assertThat(members(id, size))
          .doesNotHaveDuplicates()
          .hasSize(30)
          .contains(OWNER, 100L, 129L)
          .doesNotContain(101L);
    }
  }

  @Test
  void actsAtOnce_areDoneOneAfterTheOther() {
    long id = 5;
    found(id);
    List<Long> seqs =
        IntStream.range(0, 20)
            .parallel()
            .mapToObj(i -> act(id, OWNER, createRole("r" + i)).getSeq())
            .sorted()
            .toList();
    assertThat(seqs).containsExactlyElementsOf(LongStream.range(2, 22).boxed().toList());
    assertThat(calls().getWorkspaceRules(rules(id)).getRolesCount()).isEqualTo(21);
  }

  @Test
  void subscriber_ofTheWorkspacesFeed_getsItsEvents() {
    long id = 6;
    TestGateway gateway = new TestGateway(server.feeds());
    gateway.send(
        SubscribeRequest.newBuilder()
            .setAdd(SubscribeRequest.Add.newBuilder().setFeed(feed(id)).setAfterSeq(0))
            .build());
    found(id);
    await().until(() -> gateway.workspaceEvents(id).size() == 1);
    assertThat(gateway.workspaceEvents(id).getFirst().getActorId()).isEqualTo(OWNER);
  }

  @Test
  void badInput_isRefused() {
    long id = 8;
    AdministerRequest good = request(id, OWNER, Act.newBuilder().setFound(named("Birds")));
    refuses(Reason.REASON_OUT_OF_RANGE, good.toBuilder().clearWorkspaceId());
    refuses(Reason.REASON_OUT_OF_RANGE, good.toBuilder().setActorId(-1));
    refuses(Reason.REASON_OUT_OF_RANGE, good.toBuilder().setExpectedVersion(-1));
    refuses(Reason.REASON_OUT_OF_RANGE, good.toBuilder().setReason("x".repeat(501)));
    refuses(Reason.REASON_NONCE_MISSING, good.toBuilder().clearNonce());
    refuses(
        Reason.REASON_NONCE_LENGTH, good.toBuilder().setNonce(ByteString.copyFromUtf8("short")));
    refuses(Reason.REASON_WORKSPACE_NOT_FOUND, good.toBuilder().setAct(createRole("x")));
    refuses(
        Reason.REASON_NAME_INVALID,
        good.toBuilder().setAct(Act.newBuilder().setFound(named("a\nb"))));
    assertThat(reason(() -> calls().listAuditLog(audit(id, OWNER, 10, 0))))
        .isEqualTo(Reason.REASON_WORKSPACE_NOT_FOUND);
    found(id);
    refuses(Reason.REASON_FRAME_UNKNOWN, good.toBuilder().clearAct());
    assertThat(reason(() -> calls().listAuditLog(audit(id, 99, 10, 0))))
        .isEqualTo(Reason.REASON_PERMISSION_MISSING);
    assertThat(reason(() -> calls().listAuditLog(audit(id, OWNER, 1_001, 0))))
        .isEqualTo(Reason.REASON_PAGE_SIZE);
    assertThat(
            reason(() ->
                calls().listMembers(ListMembersRequest.newBuilder().setWorkspaceId(id).build())))
        .isEqualTo(Reason.REASON_PAGE_SIZE);
    assertThat(
            reason(() ->
                calls()
                    .getChannelRules(
                        GetChannelRulesRequest.newBuilder().setChannelId(12_345).build())))
        .isEqualTo(Reason.REASON_CHANNEL_NOT_FOUND);
  }

  private static void refuses(Reason reason, AdministerRequest.Builder request) {
    assertThat(reason(() -> calls().administer(request.build()))).isEqualTo(reason);
  }

  private static Reason reason(ThrowingCallable call) {
    return RefusalStatus.fromThrowable(catchThrowable(call))
        .map(Refusal::getReason)
        .orElse(Reason.REASON_UNSPECIFIED);
  }

  private static AdministrationServiceBlockingStub calls() {
    return server.administration();
  }

  private static void found(long workspace) {
    assertThat(act(workspace, OWNER, Act.newBuilder().setFound(named("Birds"))).getSeq())
        .isEqualTo(1);
  }

  private static Act.Found named(String name) {
    return Act.Found.newBuilder().setName(name).build();
  }

  private static Act.Builder createRole(String name) {
    Act.Builder act = Act.newBuilder();
    act.getCreateRoleBuilder().setName(name).setPosition(1);
    return act;
  }

  private static AdministerResponse act(long workspace, long actor, Act.Builder act) {
    return calls().administer(request(workspace, actor, act));
  }

  private static synchronized AdministerRequest request(
      long workspace, long actor, Act.Builder act) {
    return AdministerRequest.newBuilder()
        .setWorkspaceId(workspace)
        .setActorId(actor)
        .setNonce(Requests.nonce(77, ++nonces))
        .setAct(act)
        .build();
  }

  private static GetWorkspaceRulesRequest rules(long workspace) {
    return GetWorkspaceRulesRequest.newBuilder().setWorkspaceId(workspace).build();
  }

  private static ListAuditLogRequest audit(long workspace, long actor, int limit, long before) {
    return ListAuditLogRequest.newBuilder()
        .setWorkspaceId(workspace)
        .setActorId(actor)
        .setLimit(limit)
        .setBeforeEventId(before)
        .build();
  }

  private static MemberRow member(long workspace, long user) {
    return calls()
        .getMember(GetMemberRequest.newBuilder().setWorkspaceId(workspace).setUserId(user).build())
        .getMember();
  }

  private static List<Long> members(long workspace, int size) {
    List<Long> found = new ArrayList<>();
    long after = 0;
    do {
      ListMembersResponse page =
          calls()
              .listMembers(
                  ListMembersRequest.newBuilder()
                      .setWorkspaceId(workspace)
                      .setLimit(size)
                      .setAfterUserId(after)
                      .build());
      page.getMembersList().forEach(member -> found.add(member.getUserId()));
      after = page.getNextAfterUserId();
    } while (after != 0);
    return found;
  }

  private static FeedId feed(long workspace) {
    return FeedId.newBuilder().setKind(FeedKind.FEED_KIND_WORKSPACE).setId(workspace).build();
  }

  private static List<WorkspaceEvent> events(long workspace) throws InvalidProtocolBufferException {
    List<WorkspaceEvent> events = new ArrayList<>();
    for (ByteString event :
        server
            .blockingFeeds()
            .readEvents(
                ReadEventsRequest.newBuilder().setFeed(feed(workspace)).setLimit(100).build())
            .getEventsList()) {
      events.add(WorkspaceEvent.parseFrom(event));
    }
    return events;
  }
}
