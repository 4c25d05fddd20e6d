package chat.starling.edge;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.v1.AddChannelMemberRequest;
import chat.starling.api.v1.BanMemberRequest;
import chat.starling.api.v1.ChannelKind;
import chat.starling.api.v1.ChannelOverride;
import chat.starling.api.v1.ChannelServiceGrpc;
import chat.starling.api.v1.CreateChannelRequest;
import chat.starling.api.v1.CreateRoleRequest;
import chat.starling.api.v1.EnterWorkspaceRequest;
import chat.starling.api.v1.FoundWorkspaceRequest;
import chat.starling.api.v1.GiveRoleRequest;
import chat.starling.api.v1.JoinChannelRequest;
import chat.starling.api.v1.KickMemberRequest;
import chat.starling.api.v1.MemberServiceGrpc;
import chat.starling.api.v1.OpenDirectChannelRequest;
import chat.starling.api.v1.OverrideServiceGrpc;
import chat.starling.api.v1.RoleServiceGrpc;
import chat.starling.api.v1.ServerFrame;
import chat.starling.api.v1.SetOverrideRequest;
import chat.starling.api.v1.TakeRoleRequest;
import chat.starling.api.v1.WorkspaceServiceGrpc;
import chat.starling.client.ClientListener;
import chat.starling.client.StarlingClient;
import chat.starling.devstack.issuer.TokenIssuer;
import io.grpc.Channel;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two phones and a browser see live what their rights come to, through Envoy. */
class LiveRightsIT {

  private static final RunningStack STACK = RunningStack.shared();
  private static final long VIEW_CHANNEL = 0x010000;

  private final long workspace = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
  private final Channel ada = STACK.channel(STACK.tokens().founder("ada", workspace));
  private final HttpClient http = STACK.https();
  private long guests;
  private long hall;
  private StarlingClient adasPhone;
  private Screen ben;
  private Screen cleo;
  private Screen dora;

  /** The hall is for guests, who are all three. */
  @BeforeEach
  void openHall() throws Exception {
    WorkspaceServiceGrpc.newBlockingStub(ada)
        .foundWorkspace(
            FoundWorkspaceRequest.newBuilder().setWorkspaceId(workspace).setName("Inn").build());
    guests =
        RoleServiceGrpc.newBlockingStub(ada)
            .createRole(
                CreateRoleRequest.newBuilder()
                    .setWorkspaceId(workspace)
                    .setName("guests")
                    .setPosition(1)
                    .build())
            .getRole()
            .getRoleId();
    hall = create("hall", ChannelKind.CHANNEL_KIND_UNSPECIFIED);
    override(ChannelOverride.newBuilder().setRoleId(workspace).setDeny(VIEW_CHANNEL));
    override(ChannelOverride.newBuilder().setRoleId(guests).setAllow(VIEW_CHANNEL));
    for (String user : new String[] {"ben", "cleo", "dora"}) {
      enter(user);
    }
    adasPhone =
        STACK
            .clientBuilder("ada", new ClientListener() {})
            .tokens(() -> STACK.tokens().founder("ada", workspace))
            .build();
    adasPhone.start();
    ben = Screen.phone(STACK.channel(), token("ben"));
    cleo = Screen.phone(STACK.channel(), token("cleo"));
    dora =
        Screen.browser(
            new GrpcWeb(http, URI.create("https://localhost:" + STACK.edgePort())), token("dora"));
    for (Screen each : new Screen[] {ben, cleo, dora}) {
      each.focus(hall);
    }
    say(hall, "welcome");
    for (Screen each : new Screen[] {ben, cleo, dora}) {
      each.awaitText("welcome");
    }
  }

  @AfterEach
  void close() {
    ben.close();
    cleo.close();
    dora.close();
    adasPhone.close();
    http.close();
  }

  @Test
  void privateInvitation_isSeenByTheInvitedOnly_whoCanLookAtOnce() throws Exception {
    long cellar = create("cellar", ChannelKind.CHANNEL_KIND_PRIVATE);
    ChannelServiceGrpc.newBlockingStub(ada)
        .addChannelMember(
            AddChannelMemberRequest.newBuilder().setChannelId(cellar).setUserId(id("ben")).build());
    say(cellar, "a secret");
    ben.awaitBump(cellar);
    ben.focus(cellar);
    ben.awaitText("a secret");
    assertNothingOf(cellar, "a secret", cleo, dora);
  }

  @Test
  void directChannel_isSeenByItsMembersOnly() throws Exception {
    long direct =
        ChannelServiceGrpc.newBlockingStub(ada)
            .openDirectChannel(
                OpenDirectChannelRequest.newBuilder()
                    .setWorkspaceId(workspace)
                    .addUserIds(id("dora"))
                    .build())
            .getChannel()
            .getChannelId();
    say(direct, "psst");
    dora.awaitBump(direct);
    dora.focus(direct);
    dora.awaitText("psst");
    assertNothingOf(direct, "psst", ben, cleo);
  }

  @Test
  void roleLoss_kickAndBan_endTheViewAtOnce_andOthersGoOn() throws Exception {
    RoleServiceGrpc.newBlockingStub(ada)
        .takeRole(
            TakeRoleRequest.newBuilder()
                .setWorkspaceId(workspace)
                .setUserId(id("dora"))
                .setRoleId(guests)
                .build());
    say(hall, "without dora");
    dora.awaitRemoved(hall);
    cleo.awaitText("without dora");
    MemberServiceGrpc.newBlockingStub(ada)
        .kickMember(
            KickMemberRequest.newBuilder().setWorkspaceId(workspace).setUserId(id("cleo")).build());
    say(hall, "without cleo");
    cleo.awaitRemoved(hall);
    ben.awaitText("without cleo");
    MemberServiceGrpc.newBlockingStub(ada)
        .banMember(
            BanMemberRequest.newBuilder().setWorkspaceId(workspace).setUserId(id("ben")).build());
    say(hall, "without ben");
    ben.awaitRemoved(hall);
    assertNever("without dora", dora);
    assertNever("without cleo", cleo, dora);
    assertNever("without ben", ben, cleo, dora);
    give("dora");
    dora.focus(hall);
    dora.awaitText("without ben");
  }

  private static void assertNothingOf(long channel, String text, Screen... others)
      throws Exception {
    for (Screen other : others) {
      assertThat(other.all())
          .noneMatch(frame -> Screen.isText(frame, text))
          .noneMatch(frame -> tellsOf(frame, channel));
    }
  }

  private static boolean tellsOf(ServerFrame frame, long channel) {
    return frame.getBumps().getBumpsList().stream().anyMatch(one -> one.getChannelId() == channel)
        || frame.getJoined().getChannelsList().stream()
            .anyMatch(one -> one.getChannelId() == channel)
        || frame.getFocused().getChannelId() == channel;
  }

  private static void assertNever(String text, Screen... others) throws Exception {
    for (Screen other : others) {
      assertThat(other.all()).noneMatch(frame -> Screen.isText(frame, text));
    }
  }

  private void say(long channel, String text) {
    adasPhone.send(channel, text).join();
  }

  private void enter(String user) {
    Channel as = STACK.channel(token(user));
    var _ =
        WorkspaceServiceGrpc.newBlockingStub(as)
            .enterWorkspace(EnterWorkspaceRequest.newBuilder().setWorkspaceId(workspace).build());
    give(user);
    var _ =
        ChannelServiceGrpc.newBlockingStub(as)
            .joinChannel(JoinChannelRequest.newBuilder().setChannelId(hall).build());
  }

  private void give(String user) {
    var _ =
        RoleServiceGrpc.newBlockingStub(ada)
            .giveRole(
                GiveRoleRequest.newBuilder()
                    .setWorkspaceId(workspace)
                    .setUserId(id(user))
                    .setRoleId(guests)
                    .build());
  }

  private void override(ChannelOverride.Builder override) {
    var _ =
        OverrideServiceGrpc.newBlockingStub(ada)
            .setOverride(
                SetOverrideRequest.newBuilder().setChannelId(hall).setOverride(override).build());
  }

  private long create(String name, ChannelKind kind) {
    return ChannelServiceGrpc.newBlockingStub(ada)
        .createChannel(
            CreateChannelRequest.newBuilder()
                .setWorkspaceId(workspace)
                .setName(name)
                .setKind(kind)
                .build())
        .getChannel()
        .getChannelId();
  }

  private String token(String user) {
    return STACK.tokens().of(user, workspace);
  }

  private static long id(String user) {
    return TokenIssuer.userId(user);
  }
}
