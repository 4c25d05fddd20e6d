package chat.starling.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import chat.starling.api.internal.v1.ChannelKind;
import chat.starling.api.internal.v1.ChannelRow;
import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.MemberState;
import chat.starling.api.v1.BatchGetChannelsRequest;
import chat.starling.api.v1.BatchGetChannelsResponse;
import chat.starling.api.v1.BatchGetUsersRequest;
import chat.starling.api.v1.BatchGetUsersResponse;
import chat.starling.api.v1.Channel;
import chat.starling.api.v1.ChannelServiceGrpc;
import chat.starling.api.v1.ChannelServiceGrpc.ChannelServiceBlockingStub;
import chat.starling.api.v1.CurrentChannel;
import chat.starling.api.v1.ListChannelMembersRequest;
import chat.starling.api.v1.ListChannelMembersResponse;
import chat.starling.api.v1.ListChannelsRequest;
import chat.starling.api.v1.ListChannelsResponse;
import chat.starling.api.v1.LookupServiceGrpc;
import chat.starling.api.v1.LookupServiceGrpc.LookupServiceBlockingStub;
import chat.starling.api.v1.QuickSwitchRequest;
import chat.starling.api.v1.QuickSwitchResponse;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.User;
import chat.starling.gateway.harness.FakeLookup;
import chat.starling.gateway.harness.Stage;
import chat.starling.platform.permission.Permission;
import chat.starling.platform.rpc.RefusalStatus;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Users and channels through the gateway's cache. */
class LookupIT {

  private static Stage stage;
  private static FakeLookup rows;
  private static LookupServiceBlockingStub ada;

  @BeforeAll
  static void start() throws IOException {
    stage = Stage.with(Map.of("edge.time", "1h"));
    rows = stage.channels.lookup();
    ada = as(stage.ada);
    for (long user = 100; user < 500; user++) {
      rows.user(1, member(user), "user " + user);
    }
    stage.channels.directory().channel(60, 1, "plan-a");
    stage.channels.directory().channel(61, 1, "plan-private");
    stage.channels.directory().channel(62, 1, "plan-mine", 1L);
    stage.channels.directory().channel(63, 1, "plan-hidden", 1L);
    stage.channels.directory().channel(64, 1, "", 1L, 2L);
    stage.channels.directory().channel(65, 1, "", 2L, 3L);
    stage.channels.directory().channel(66, 7, "elsewhere", 1L);
    stage.channels.administration().workspaces().found(1, 77);
    kind(61, ChannelKind.CHANNEL_KIND_PRIVATE);
    kind(62, ChannelKind.CHANNEL_KIND_PRIVATE);
    kind(64, ChannelKind.CHANNEL_KIND_DIRECT);
    kind(65, ChannelKind.CHANNEL_KIND_DIRECT);
    stage.channels.administration().workspaces().override(1, 63, 0, Permission.VIEW_CHANNEL.mask());
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  @Test
  void users_areWhatTheClientDoesNotHold() {
    BatchGetUsersResponse first = ada.batchGetUsers(users(1, 100, 101, 9_999));
    assertThat(first.getUsersList())
        .extracting(User::getDisplayName)
        .containsExactly("user 100", "user 101");
    assertThat(first.getMissingIdsList()).containsExactly(9_999L);
    BatchGetUsersRequest.Builder again = BatchGetUsersRequest.newBuilder().setWorkspaceId(1);
    first
        .getUsersList()
        .forEach(
            user -> again.addUsersBuilder().setId(user.getUserId()).setVersion(user.getVersion()));
    again.addUsersBuilder().setId(102).setVersion(5);
    BatchGetUsersResponse second = ada.batchGetUsers(again.build());
    assertThat(second.getUnchangedIdsList()).containsExactly(100L, 101L);
    assertThat(second.getUsersList()).extracting(User::getUserId).containsExactly(102L);
  }

  @Test
  void users_askedForAgain_areReadOnce() {
    BatchGetUsersRequest request = users(1, LongStream.range(200, 400).toArray());
    assertThat(ada.batchGetUsers(request).getUsersCount()).isEqualTo(200);
    int reads = rows.reads().size();
    for (int i = 0; i < 20; i++) {
      assertThat(ada.batchGetUsers(request).getUsersCount()).isEqualTo(200);
    }
    assertThat(rows.reads()).hasSize(reads);
    assertThat(rows.reads()).allMatch(count -> count <= 200);
  }

  @Test
  void user_whoLooksAnythingUp_canBeNamed() {
    String token = stage.issuer.token(900, "Grace Hopper", 1L);
    assertThat(as(token).batchGetUsers(users(1, 901)).getMissingIdsList()).containsExactly(901L);
    await().until(() -> rows.user(1, 900).isPresent());
    assertThat(rows.user(1, 900).orElseThrow().getDisplayName()).isEqualTo("Grace Hopper");
    await()
        .until(() ->
            ada.batchGetUsers(users(1, 900)).getUsersList().stream()
                .anyMatch(user -> user.getDisplayName().equals("Grace Hopper")));
    int namings = rows.namings();
    for (int i = 0; i < 5; i++) {
      assertThat(as(token).batchGetUsers(users(1, 100)).getUsersCount()).isEqualTo(1);
    }
    assertThat(rows.namings()).isEqualTo(namings);
  }

  @Test
  void channels_areThoseThatTheCallerSees() {
    BatchGetChannelsResponse found =
        ada.batchGetChannels(channels(1, 60, 61, 62, 63, 64, 65, 66, 404));
    assertThat(found.getChannelsList())
        .extracting(channel -> channel.getChannel().getChannelId())
        .containsExactly(60L, 62L, 64L);
    assertThat(found.getMissingIdsList()).containsExactly(61L, 63L, 65L, 66L, 404L);
    CurrentChannel held = found.getChannels(0);
    assertThat(found.getChannels(1).getChannel().getKind())
        .isEqualTo(chat.starling.api.v1.ChannelKind.CHANNEL_KIND_PRIVATE);
    BatchGetChannelsRequest.Builder again = BatchGetChannelsRequest.newBuilder().setWorkspaceId(1);
    again.addChannelsBuilder().setId(60).setVersion(held.getVersion());
    assertThat(ada.batchGetChannels(again.build()).getUnchangedIdsList()).containsExactly(60L);
  }

  @Test
  void quickSwitch_findsVisibleChannelsAndUsers() {
    QuickSwitchResponse plans = ada.quickSwitch(find("plan", 2));
    assertThat(plans.getChannelsList())
        .extracting(channel -> channel.getChannel().getName())
        .containsExactly("plan-a", "plan-mine");
    rows.user(1, member(950), "zoe a");
    rows.user(1, member(951).toBuilder().setState(MemberState.MEMBER_STATE_LEFT).build(), "zoe b");
    rows.user(1, member(952), "zoe c");
    assertThat(ada.quickSwitch(find("zoe", 5)).getUsersList())
        .extracting(User::getUserId)
        .containsExactly(950L, 952L);
  }

  @Test
  void callers_whoAreOut_areToldSo() {
    state(800, MemberState.MEMBER_STATE_BANNED);
    state(801, MemberState.MEMBER_STATE_LEFT);
    assertThat(reason(() -> as(token(800)).batchGetUsers(users(1, 100))))
        .isEqualTo(Reason.REASON_BANNED);
    assertThat(reason(() -> as(token(801)).quickSwitch(find("a", 5))))
        .isEqualTo(Reason.REASON_NOT_A_MEMBER);
    assertThat(reason(() -> ada.batchGetUsers(users(7, 100))))
        .isEqualTo(Reason.REASON_NOT_IN_WORKSPACE);
  }

  @Test
  void requests_thatAreWrong_areRefused() {
    assertThat(reason(() -> ada.batchGetUsers(users(1, LongStream.range(1, 202).toArray()))))
        .isEqualTo(Reason.REASON_TOO_MANY);
    assertThat(reason(() -> ada.batchGetChannels(channels(1, 0))))
        .isEqualTo(Reason.REASON_OUT_OF_RANGE);
    for (int limit : new int[] {0, 51, -1}) {
      assertThat(reason(() -> ada.quickSwitch(find("a", limit))))
          .isEqualTo(Reason.REASON_OUT_OF_RANGE);
    }
    for (String prefix : new String[] {"", "x".repeat(81)}) {
      assertThat(reason(() -> ada.quickSwitch(find(prefix, 5))))
          .isEqualTo(Reason.REASON_OUT_OF_RANGE);
    }
  }

  @Test
  void json_hasIdsAndVersionsAsStrings() throws Exception {
    HttpResponse<String> users =
        post("/v1/workspaces/1/users:batchGet", "{\"users\":[{\"id\":\"100\"}]}");
    assertThat(users.statusCode()).as(users.body()).isEqualTo(200);
    assertThat(users.body()).contains("\"userId\":\"100\"").contains("\"version\":\"");
    HttpResponse<String> channels =
        post("/v1/workspaces/1/channels:batchGet", "{\"channels\":[{\"id\":\"60\"}]}");
    assertThat(channels.body()).contains("plan-a");
    HttpResponse<String> found =
        send(request("/v1/workspaces/1:quickSwitch?prefix=plan&limit=1").GET());
    assertThat(found.statusCode()).as(found.body()).isEqualTo(200);
    assertThat(found.body()).contains("plan-a").doesNotContain("plan-mine");
  }

  @Test
  void channels_listed_areThoseThatTheCallerSees_inFullPages() {
    for (long id = 1_000; id < 1_300; id++) {
      stage.channels.directory().channel(id, 2, "room-" + id);
      if (id % 3 != 0) {
        stage
            .channels
            .administration()
            .workspaces()
            .override(2, id, 0, Permission.VIEW_CHANNEL.mask());
      }
    }
    stage.channels.administration().workspaces().found(2, 77);
    String token = stage.issuer.token(1, "ada", 2L);
    List<Long> seen = new ArrayList<>();
    String next = "";
    do {
      ListChannelsResponse page = channelsOf(token).listChannels(list(2, 7, next));
      next = page.getNextPageToken();
      assertThat(page.getChannelsCount()).isEqualTo(next.isEmpty() ? 100 % 7 : 7);
      page.getChannelsList().forEach(channel -> seen.add(channel.getChannelId()));
    } while (!next.isEmpty());
    assertThat(seen)
        .containsExactlyElementsOf(
            LongStream.range(1_000, 1_300).filter(id -> id % 3 == 0).boxed().toList());
    assertThat(channelsOf(stage.issuer.token(77, "boss", 2L)).listChannels(list(2, 1_000, "")))
        .extracting(ListChannelsResponse::getChannelsCount)
        .isEqualTo(300);
  }

  @Test
  void channels_joined_areListedWithoutThoseThatAreHidden() {
    assertThat(
            channelsOf(stage.ada)
                .listChannels(list(1, 10, "").toBuilder().setJoinedOnly(true).build())
                .getChannelsList())
        .extracting(Channel::getChannelId)
        .contains(62L, 64L)
        .doesNotContain(63L, 60L);
  }

  @Test
  void members_ofAChannel_areShownByPages_toThoseWhoSeeIt() {
    Long[] all = LongStream.range(400, 425).boxed().toArray(Long[]::new);
    stage.channels.directory().channel(70, 1, "crowd", all);
    rows.user(
        1, member(424).toBuilder().setState(MemberState.MEMBER_STATE_LEFT).build(), "gone 424");
    List<User> seen = new ArrayList<>();
    String token = "";
    do {
      ListChannelMembersResponse page =
          ada.listChannelMembers(
              ListChannelMembersRequest.newBuilder()
                  .setChannelId(70)
                  .setPageSize(10)
                  .setPageToken(token)
                  .build());
      seen.addAll(page.getUsersList());
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    assertThat(seen).extracting(User::getUserId).containsExactly(Arrays.copyOf(all, 24));
    assertThat(seen.getFirst().getDisplayName()).isEqualTo("user 400");
    for (long hidden : new long[] {61, 63, 65, 66, 404}) {
      assertThat(
              reason(() ->
                  ada.listChannelMembers(
                      ListChannelMembersRequest.newBuilder().setChannelId(hidden).build())))
          .isEqualTo(Reason.REASON_CHANNEL_NOT_FOUND);
    }
  }

  private static ListChannelsRequest list(long workspace, int size, String token) {
    return ListChannelsRequest.newBuilder()
        .setWorkspaceId(workspace)
        .setPageSize(size)
        .setPageToken(token)
        .build();
  }

  private static void kind(long channel, ChannelKind kind) {
    stage
        .channels
        .administration()
        .channel(1, ChannelRow.newBuilder().setChannelId(channel).setKind(kind).build());
  }

  private static void state(long user, MemberState state) {
    stage
        .channels
        .administration()
        .member(1, MemberRow.newBuilder().setUserId(user).setState(state).build());
  }

  private static ChannelServiceBlockingStub channelsOf(String token) {
    return ChannelServiceGrpc.newBlockingStub(stage.client)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(bearer(token)));
  }

  private static BatchGetUsersRequest users(long workspace, long... ids) {
    BatchGetUsersRequest.Builder request =
        BatchGetUsersRequest.newBuilder().setWorkspaceId(workspace);
    LongStream.of(ids).forEach(id -> request.addUsersBuilder().setId(id));
    return request.build();
  }

  private static BatchGetChannelsRequest channels(long workspace, long... ids) {
    BatchGetChannelsRequest.Builder request =
        BatchGetChannelsRequest.newBuilder().setWorkspaceId(workspace);
    LongStream.of(ids).forEach(id -> request.addChannelsBuilder().setId(id));
    return request.build();
  }

  private static QuickSwitchRequest find(String prefix, int limit) {
    return QuickSwitchRequest.newBuilder()
        .setWorkspaceId(1)
        .setPrefix(prefix)
        .setLimit(limit)
        .build();
  }

  private static MemberRow member(long user) {
    return MemberRow.newBuilder()
        .setUserId(user)
        .setState(MemberState.MEMBER_STATE_MEMBER)
        .setVersion(1)
        .build();
  }

  private static String token(long user) {
    return stage.issuer.token(user, "user " + user, 1L);
  }

  private static LookupServiceBlockingStub as(String token) {
    return LookupServiceGrpc.newBlockingStub(stage.client)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(bearer(token)));
  }

  private static Metadata bearer(String token) {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    return headers;
  }

  private static Reason reason(ThrowingCallable call) {
    return RefusalStatus.fromThrowable(catchThrowable(call)).orElseThrow().getReason();
  }

  private static HttpResponse<String> post(String path, String body) throws Exception {
    return send(
        request(path)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + stage.gateway.port() + path))
        .header("authorization", "Bearer " + stage.ada);
  }
}
