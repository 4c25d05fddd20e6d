package chat.starling.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import chat.starling.api.v1.AuditAction;
import chat.starling.api.v1.AuditEntry;
import chat.starling.api.v1.AuditServiceGrpc;
import chat.starling.api.v1.BanMemberRequest;
import chat.starling.api.v1.ChannelOverride;
import chat.starling.api.v1.ChannelServiceGrpc;
import chat.starling.api.v1.CreateChannelRequest;
import chat.starling.api.v1.CreateRoleRequest;
import chat.starling.api.v1.EnterWorkspaceRequest;
import chat.starling.api.v1.FoundWorkspaceRequest;
import chat.starling.api.v1.GetWorkspaceRequest;
import chat.starling.api.v1.GiveRoleRequest;
import chat.starling.api.v1.KickMemberRequest;
import chat.starling.api.v1.ListAuditLogRequest;
import chat.starling.api.v1.ListMembersRequest;
import chat.starling.api.v1.Member;
import chat.starling.api.v1.MemberServiceGrpc;
import chat.starling.api.v1.MemberState;
import chat.starling.api.v1.OverrideServiceGrpc;
import chat.starling.api.v1.RoleServiceGrpc;
import chat.starling.api.v1.SetOverrideRequest;
import chat.starling.api.v1.Workspace;
import chat.starling.api.v1.WorkspaceServiceGrpc;
import chat.starling.devstack.issuer.TokenIssuer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.ThreadLocalRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Workspaces with owners, roles and an audit log, as clients administer them through Envoy. */
class WorkspaceIT {

  private static final RunningStack STACK = RunningStack.shared();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long KICK_MEMBERS = 0x20;
  private static final long SEND_MESSAGES = 0x40000;

  private final long workspace = ThreadLocalRandom.current().nextLong(1L << 40, 1L << 50);
  private final long ben = TokenIssuer.userId("ben");
  private final long cleo = TokenIssuer.userId("cleo");

  @Test
  void workspace_byGrpc_isFoundedAdministeredAndAudited() {
    Channel ada = STACK.channel(STACK.tokens().founder("ada", workspace));
    Workspace founded =
        WorkspaceServiceGrpc.newBlockingStub(ada)
            .foundWorkspace(
                FoundWorkspaceRequest.newBuilder()
                    .setWorkspaceId(workspace)
                    .setName("Birds")
                    .build())
            .getWorkspace();
    assertThat(founded.getOwnerId()).isEqualTo(TokenIssuer.userId("ada"));
    enter("ben");
    enter("cleo");
    long role =
        RoleServiceGrpc.newBlockingStub(ada)
            .createRole(
                CreateRoleRequest.newBuilder()
                    .setWorkspaceId(workspace)
                    .setName("wardens")
                    .setPosition(5)
                    .setPermissions(KICK_MEMBERS)
                    .build())
            .getRole()
            .getRoleId();
    assertThat(reason(() -> kick("ben", cleo))).isEqualTo("PERMISSION_MISSING");
    assertThat(
            RoleServiceGrpc.newBlockingStub(ada)
                .giveRole(
                    GiveRoleRequest.newBuilder()
                        .setWorkspaceId(workspace)
                        .setUserId(ben)
                        .setRoleId(role)
                        .build())
                .getMember()
                .getRoleIdsList())
        .containsExactly(role);
    long channel =
        ChannelServiceGrpc.newBlockingStub(ada)
            .createChannel(
                CreateChannelRequest.newBuilder()
                    .setWorkspaceId(workspace)
                    .setName("nests")
                    .build())
            .getChannel()
            .getChannelId();
    ChannelOverride quiet =
        ChannelOverride.newBuilder().setRoleId(workspace).setDeny(SEND_MESSAGES).build();
    assertThat(
            OverrideServiceGrpc.newBlockingStub(ada)
                .setOverride(
                    SetOverrideRequest.newBuilder()
                        .setChannelId(channel)
                        .setOverride(quiet)
                        .build())
                .getOverridesList())
        .containsExactly(quiet);
    assertThat(kick("ben", cleo).getState()).isEqualTo(MemberState.MEMBER_STATE_LEFT);
    assertThat(reason(() -> members("cleo").listMembers(all()))).isEqualTo("NOT_A_MEMBER");
    MemberServiceGrpc.newBlockingStub(ada)
        .banMember(
            BanMemberRequest.newBuilder()
                .setWorkspaceId(workspace)
                .setUserId(cleo)
                .setReason("came back too often")
                .build());
    assertThat(reason(() -> enter("cleo"))).isEqualTo("BANNED");
    assertThat(members("ben").listMembers(all()).getMembersList())
        .extracting(Member::getUserId)
        .containsExactlyInAnyOrder(ben, TokenIssuer.userId("ada"));
    assertThat(
            AuditServiceGrpc.newBlockingStub(ada)
                .listAuditLog(
                    ListAuditLogRequest.newBuilder()
                        .setWorkspaceId(workspace)
                        .setPageSize(3)
                        .build())
                .getEntriesList())
        .extracting(AuditEntry::getAction)
        .startsWith(AuditAction.AUDIT_ACTION_BAN_MEMBER, AuditAction.AUDIT_ACTION_KICK_MEMBER);
    assertThat(
            reason(() ->
                AuditServiceGrpc.newBlockingStub(channel("ben"))
                    .listAuditLog(
                        ListAuditLogRequest.newBuilder().setWorkspaceId(workspace).build())))
        .isEqualTo("PERMISSION_MISSING");
  }

  @Test
  void workspace_byJson_isFoundedAndAdministered() throws Exception {
    String ada = STACK.tokens().founder("ada", workspace);
    String path = "/v1/workspaces/" + workspace;
    assertThat(
            json(200, "POST", path + ":found", "{\"name\":\"Birds\"}", ada)
                .at("/workspace/name")
                .asText())
        .isEqualTo("Birds");
    enter("ben");
    String role =
        json(
                200,
                "POST",
                path + "/roles",
                "{\"name\":\"wardens\",\"position\":5,\"permissions\":\"32\"}",
                ada)
            .at("/role/roleId")
            .asText();
    JsonNode renamed =
        json(
            200,
            "PATCH",
            path + "/roles/" + role,
            "{\"name\":\"keepers\",\"position\":9,\"updateMask\":\"name\"}",
            ada);
    assertThat(renamed.at("/role/name").asText()).isEqualTo("keepers");
    assertThat(renamed.at("/role/position").asInt()).isEqualTo(5);
    String member = path + "/members/" + ben;
    assertThat(
            json(200, "PUT", member + "/roles/" + role, "{}", ada).at("/member/roleIds/0").asText())
        .isEqualTo(role);
    assertThat(
            json(200, "DELETE", member + "/roles/" + role + "?reason=done", "", ada)
                .at("/member/roleIds"))
        .isEmpty();
    assertThat(json(200, "GET", path + "/members?page_size=1", "", ada).at("/members")).hasSize(1);
    JsonNode kicked = json(200, "POST", member + ":kick", "{\"reason\":\"noise\"}", ada);
    assertThat(kicked.at("/member/state").asText()).isEqualTo("MEMBER_STATE_LEFT");
    JsonNode log = json(200, "GET", path + "/audit-log?page_size=2", "", ada);
    assertThat(log.at("/entries/0/action").asText()).isEqualTo("AUDIT_ACTION_KICK_MEMBER");
    assertThat(log.at("/entries/0/reason").asText()).isEqualTo("noise");
    assertThat(log.at("/nextPageToken").asText()).isNotEmpty();
    JsonNode refused = json(404, "POST", member + ":kick", "{}", ada);
    assertThat(refused.at("/details/0/reason").asText()).isEqualTo("MEMBER_NOT_FOUND");
    String notAda = STACK.tokens().of("ben", workspace + 1);
    JsonNode notFounder =
        json(403, "POST", "/v1/workspaces/" + (workspace + 1) + ":found", "{}", notAda);
    assertThat(notFounder.at("/details/0/reason").asText()).isEqualTo("FOUNDER_ONLY");
    assertThat(json(403, "GET", path, "", notAda).at("/details/0/reason").asText())
        .isEqualTo("NOT_IN_WORKSPACE");
  }

  @Test
  void channel_private_isThereForItsMembersOnly() throws Exception {
    String ada = STACK.tokens().founder("ada", workspace);
    String path = "/v1/workspaces/" + workspace;
    json(200, "POST", path + ":found", "{\"name\":\"Birds\"}", ada);
    enter("ben");
    enter("cleo");
    String id =
        json(
                200,
                "POST",
                path + "/channels",
                "{\"name\":\"eggs\",\"kind\":\"CHANNEL_KIND_PRIVATE\",\"topic\":\"hush\"}",
                ada)
            .at("/channel/channelId")
            .asText();
    String channel = "/v1/channels/" + id;
    json(200, "POST", channel + "/members", "{\"userId\":\"" + ben + "\"}", ada);
    String bens = STACK.tokens().of("ben", workspace);
    assertThat(json(200, "GET", channel, "", bens).at("/channel/topic").asText()).isEqualTo("hush");
    String cleos = STACK.tokens().of("cleo", workspace);
    for (String[] ask :
        new String[][] {
          {"GET", channel, ""},
          {"POST", channel + ":join", "{}"},
          {"POST", channel + ":rename", "{\"name\":\"x\"}"},
          {"GET", channel + "/overrides", ""},
          {"GET", path + "/channels:lookup?name=eggs", ""}
        }) {
      JsonNode hidden = json(404, ask[0], ask[1], ask[2], cleos);
      JsonNode missing =
          json(404, ask[0], ask[1].replace(id, "404").replace("eggs", "legs"), ask[2], cleos);
      assertThat(hidden.toString().replace(id, "404").replace("eggs", "legs"))
          .isEqualTo(missing.toString());
    }
    assertThat(json(200, "GET", path + "/channels", "", cleos).at("/channels")).isEmpty();
    assertThat(
            json(200, "POST", channel + ":rename", "{\"name\":\"nests\"}", ada)
                .at("/channel/name")
                .asText())
        .isEqualTo("nests");
    json(200, "DELETE", channel + "/members/" + ben, "", ada);
    json(404, "GET", channel, "", bens);
    String direct =
        json(200, "POST", path + "/direct-channels", "{\"userIds\":[\"" + cleo + "\"]}", bens)
            .at("/channel/channelId")
            .asText();
    assertThat(json(200, "GET", "/v1/channels/" + direct, "", cleos).at("/channel/directUserIds"))
        .hasSize(2);
    json(404, "GET", "/v1/channels/" + direct, "", ada);
  }

  private JsonNode json(int status, String method, String path, String body, String token)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("https://localhost:" + STACK.edgePort() + path))
            .header("authorization", "Bearer " + token)
            .header("content-type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    try (HttpClient http = STACK.https()) {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
      return JSON.readTree(answer.body());
    }
  }

  private Workspace enter(String user) {
    var stub = WorkspaceServiceGrpc.newBlockingStub(channel(user));
    stub.enterWorkspace(EnterWorkspaceRequest.newBuilder().setWorkspaceId(workspace).build());
    return stub.getWorkspace(GetWorkspaceRequest.newBuilder().setWorkspaceId(workspace).build())
        .getWorkspace();
  }

  private Member kick(String actor, long user) {
    return members(actor)
        .kickMember(
            KickMemberRequest.newBuilder().setWorkspaceId(workspace).setUserId(user).build())
        .getMember();
  }

  private MemberServiceGrpc.MemberServiceBlockingStub members(String user) {
    return MemberServiceGrpc.newBlockingStub(channel(user));
  }

  private ListMembersRequest all() {
    return ListMembersRequest.newBuilder().setWorkspaceId(workspace).build();
  }

  private Channel channel(String user) {
    return STACK.channel(STACK.tokens().of(user, workspace));
  }

  private static String reason(ThrowingCallable call) {
    StatusRuntimeException fault = catchThrowableOfType(StatusRuntimeException.class, call);
    return StatusDetails.errorInfo(fault.getTrailers()).getReason();
  }
}
