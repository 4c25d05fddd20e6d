package chat.starling.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.starling.api.v1.ChannelServiceGrpc;
import chat.starling.api.v1.JoinChannelRequest;
import chat.starling.api.v1.ServerFrame;
import chat.starling.gateway.harness.Phone;
import chat.starling.gateway.harness.Stage;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What sessions are told of channels that they do not look at, through the real ports. */
class BumpsIT {

  private static final AtomicLong IDS = new AtomicLong(1_000);

  private static Stage shared;

  /** A workspace of the test's own, with a user who is in two channels of three. */
  private final long workspace = IDS.addAndGet(10);

  private final long channel = workspace + 1;
  private final long second = workspace + 2;
  private final long alien = workspace + 3;

  @BeforeAll
  static void start() throws IOException {
    shared = stage(Map.of());
  }

  @AfterAll
  static void stop() {
    shared.close();
  }

  @Test
  void connect_isToldAllChannelsAndTheirHeads_withoutTouchingThem() {
    open(shared);
    post(shared, channel, 3);
    int checks = calls("GetMembership");
    int reads = calls("ReadEvents");
    int lists = calls("ListMemberships");
    Phone phone = passive(shared);
    assertThat(phone.joined()).isEqualTo(Map.of(channel, 3L, second, 0L));
    assertThat(calls("GetMembership")).isEqualTo(checks);
    assertThat(calls("ReadEvents")).isEqualTo(reads);
    assertThat(calls("ListMemberships")).isEqualTo(lists + 1);
    assertThat(shared.fleet.server(0).isSubscribed(channel)).isFalse();
    assertThat(shared.fleet.server(1).isSubscribed(channel)).isFalse();
  }

  @Test
  void connect_withoutAskingForBumps_getsNone() {
    open(shared);
    int lists = calls("ListMemberships");
    Phone phone = Phone.connect(shared.client, token(shared));
    phone.ready();
    post(shared, channel, 1);
    phone.expectAlive();
    assertThat(calls("ListMemberships")).isEqualTo(lists);
  }

  @Test
  void passiveSession_getsBumpsOfItsChannelsOnly_andNoPayload() {
    open(shared);
    Phone phone = passive(shared);
    phone.joined();
    post(shared, alien, 5);
    post(shared, channel, 40);
    long told = 0;
    while (told < 40) {
      Map<Long, Long> bumps = phone.bumps();
      assertThat(bumps).containsOnlyKeys(channel);
      long now = bumps.getOrDefault(channel, 0L);
      assertThat(now).isGreaterThan(told);
      told = now;
    }
  }

  @Test
  void focus_endsBumpsOfTheChannel_andUnfocusEndsPayloads() {
    open(shared);
    Phone phone = passive(shared);
    phone.joined();
    phone.focus(Phone.live(channel));
    assertThat(phone.next().hasFocused()).isTrue();
    post(shared, channel, 2);
    phone.expectEvents(channel, 1, 2);
    post(shared, second, 1);
    assertThat(phone.bumps()).isEqualTo(Map.of(second, 1L));
    phone.focus();
    phone.expectAlive();
    post(shared, channel, 1);
    assertThat(phone.bumps()).isEqualTo(Map.of(channel, 3L));
    phone.focus(Phone.after(channel, 2));
    assertThat(phone.next().getFocused().getFromSeq()).isEqualTo(2);
    phone.expectEvents(channel, 3, 3);
  }

  @Test
  void focus_moreEventsThanFlow_areMarkedAndCanBeRead() {
    open(shared);
    Phone phone = Phone.connect(shared.client, token(shared));
    phone.ready();
    phone.focus(Phone.live(channel));
    assertThat(phone.next().hasFocused()).isTrue();
    post(shared, channel, 300);
    long last = 0;
    long marked = 0;
    while (marked < 300) {
      ServerFrame frame = phone.next();
      if (frame.hasEvent()) {
        last = frame.getEvent().getSeq();
      } else {
        assertThat(frame.getMarks().getMarksList()).hasSize(1);
        marked = frame.getMarks().getMarks(0).getLastSeq();
        assertThat(marked).isGreaterThan(last);
      }
    }
    assertThat(last).isLessThan(300);
  }

  @Test
  void join_throughThisGatewayOrAnother_isBumpedFromThenOn() throws IOException {
    try (Stage stage = stage(Map.of("cache.user-channels-time", "1s"))) {
      open(stage);
      Phone phone = passive(stage);
      phone.joined();
      post(stage, alien, 2);
      ChannelServiceGrpc.newBlockingStub(stage.client)
          .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(bearer(token(stage))))
          .joinChannel(JoinChannelRequest.newBuilder().setChannelId(alien).build());
      assertThat(phone.bumps()).isEqualTo(Map.of(alien, 2L));
      long elsewhere = workspace + 4;
      stage.channels.directory().channel(elsewhere, workspace, "elsewhere", 2L);
      post(stage, elsewhere, 1);
      stage.channels.directory().join(elsewhere, workspace);
      assertThat(phone.bumps()).isEqualTo(Map.of(elsewhere, 1L));
    }
  }

  @Test
  void workspaceMoves_bumpsGoOnFromTheNewOwnersSnapshot() throws IOException {
    try (Stage stage = stage(Map.of())) {
      open(stage);
      Phone phone = passive(stage);
      phone.joined();
      int owner = stage.fleet.workspaceOwner(workspace);
      int other = 1 - owner;
      await().until(() -> stage.fleet.server(owner).isWatched(workspace));
      stage.fleet.ringUntold(other);
      post(stage, channel, 1);
      phone.bumps();
      stage.fleet.tell(other);
      stage.fleet.tell(owner);
      await().until(() -> stage.fleet.server(other).isWatched(workspace));
      stage.fleet.server(other).post(channel, "after the move");
      assertThat(phone.bumps()).isEqualTo(Map.of(channel, 2L));
    }
  }

  @Test
  void streamCut_snapshotBringsWhatWasMissed() throws IOException {
    try (Stage stage = stage(Map.of())) {
      open(stage);
      Phone phone = passive(stage);
      phone.joined();
      int owner = stage.fleet.workspaceOwner(workspace);
      await().until(() -> stage.fleet.server(owner).isWatched(workspace));
      stage.fleet.cable(owner).cut();
      stage.fleet.server(owner).cutStreams();
      post(stage, channel, 4);
      stage.fleet.cable(owner).mend();
      assertThat(phone.bumps()).isEqualTo(Map.of(channel, 4L));
    }
  }

  private static Stage stage(Map<String, String> more) throws IOException {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("delivery.bump-interval", "200ms");
    settings.put("delivery.flow-rate", "50");
    return Stage.of(2, settings);
  }

  /** The user has the workspace's id. */
  private void open(Stage stage) {
    stage.channels.directory().channel(channel, workspace, "first", workspace);
    stage.channels.directory().channel(second, workspace, "second", workspace);
    stage.channels.directory().channel(alien, workspace, "alien", 2L);
  }

  private String token(Stage stage) {
    return stage.issuer.token(workspace, "Ada", workspace);
  }

  private Phone passive(Stage stage) {
    Phone phone = Phone.withBumps(stage.client, token(stage));
    phone.ready();
    return phone;
  }

  private static void post(Stage stage, long channel, int times) {
    for (int i = 0; i < times; i++) {
      stage.fleet.server(stage.fleet.owner(channel)).post(channel, "text");
    }
  }

  private static int calls(String rpc) {
    return shared.fleet.server(0).calls(rpc) + shared.fleet.server(1).calls(rpc);
  }

  private static Metadata bearer(String token) {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    return headers;
  }
}
