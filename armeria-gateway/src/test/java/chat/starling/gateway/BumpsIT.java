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
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What sessions are told of channels that they do not look at, through the real ports. */
class BumpsIT {

  private static final long CHANNEL = Stage.CHANNEL;
  private static final long SECOND = 20;
  private static final long ALIEN = 30;

  private Stage stage;

  @BeforeEach
  void start() throws IOException {
    stage =
        Stage.of(
            2,
            Map.of(
                "delivery.bump-interval", "200ms",
                "delivery.flow-rate", "50",
                "cache.user-channels-time", "1s"));
    stage.channels.directory().channel(SECOND, 1, "second", 1L);
    stage.channels.directory().channel(ALIEN, 1, "alien", 2L);
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void connect_isToldAllChannelsAndTheirHeads_withoutTouchingThem() {
    post(CHANNEL, 3);
    Phone phone = passive();
    assertThat(phone.joined()).isEqualTo(Map.of(CHANNEL, 3L, SECOND, 0L));
    assertThat(calls("GetMembership")).isZero();
    assertThat(calls("ReadEvents")).isZero();
    assertThat(calls("ListMemberships")).isEqualTo(1);
    assertThat(stage.fleet.server(0).isSubscribed(CHANNEL)).isFalse();
    assertThat(stage.fleet.server(1).isSubscribed(CHANNEL)).isFalse();
  }

  @Test
  void connect_withoutAskingForBumps_getsNone() {
    Phone phone = Phone.connect(stage.client, stage.ada);
    phone.ready();
    post(CHANNEL, 1);
    phone.expectAlive();
    assertThat(calls("ListMemberships")).isZero();
  }

  @Test
  void passiveSession_getsBumpsOfItsChannelsOnly_andNoPayload() {
    Phone phone = passive();
    phone.joined();
    post(ALIEN, 5);
    post(CHANNEL, 40);
    long told = 0;
    while (told < 40) {
      Map<Long, Long> bumps = phone.bumps();
      assertThat(bumps).containsOnlyKeys(CHANNEL);
      long now = bumps.getOrDefault(CHANNEL, 0L);
      assertThat(now).isGreaterThan(told);
      told = now;
    }
  }

  @Test
  void focus_endsBumpsOfTheChannel_andUnfocusEndsPayloads() {
    Phone phone = passive();
    phone.joined();
    phone.focus(Phone.live(CHANNEL));
    assertThat(phone.next().hasFocused()).isTrue();
    post(CHANNEL, 2);
    phone.expectEvents(CHANNEL, 1, 2);
    post(SECOND, 1);
    assertThat(phone.bumps()).isEqualTo(Map.of(SECOND, 1L));
    phone.focus();
    phone.expectAlive();
    post(CHANNEL, 1);
    assertThat(phone.bumps()).isEqualTo(Map.of(CHANNEL, 3L));
    phone.focus(Phone.after(CHANNEL, 2));
    assertThat(phone.next().getFocused().getFromSeq()).isEqualTo(2);
    phone.expectEvents(CHANNEL, 3, 3);
  }

  @Test
  void focus_moreEventsThanFlow_areMarkedAndCanBeRead() {
    Phone phone = Phone.connect(stage.client, stage.ada);
    phone.ready();
    phone.focus(Phone.live(CHANNEL));
    assertThat(phone.next().hasFocused()).isTrue();
    post(CHANNEL, 300);
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
  void join_throughThisGatewayOrAnother_isBumpedFromThenOn() {
    Phone phone = passive();
    phone.joined();
    post(ALIEN, 2);
    ChannelServiceGrpc.newBlockingStub(stage.client)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(bearer(stage.ada)))
        .joinChannel(JoinChannelRequest.newBuilder().setChannelId(ALIEN).build());
    assertThat(phone.bumps()).isEqualTo(Map.of(ALIEN, 2L));
    long elsewhere = 40;
    stage.channels.directory().channel(elsewhere, 1, "elsewhere", 2L);
    post(elsewhere, 1);
    stage.channels.directory().join(elsewhere, 1);
    assertThat(phone.bumps()).isEqualTo(Map.of(elsewhere, 1L));
  }

  @Test
  void workspaceMoves_bumpsGoOnFromTheNewOwnersSnapshot() {
    Phone phone = passive();
    phone.joined();
    int owner = stage.fleet.workspaceOwner(1);
    int other = 1 - owner;
    await().until(() -> stage.fleet.server(owner).isWatched(1));
    stage.fleet.ringUntold(other);
    post(CHANNEL, 1);
    phone.bumps();
    stage.fleet.tell(other);
    stage.fleet.tell(owner);
    await().until(() -> stage.fleet.server(other).isWatched(1));
    stage.fleet.server(other).post(CHANNEL, "after the move");
    assertThat(phone.bumps()).isEqualTo(Map.of(CHANNEL, 2L));
  }

  @Test
  void streamCut_snapshotBringsWhatWasMissed() {
    Phone phone = passive();
    phone.joined();
    int owner = stage.fleet.workspaceOwner(1);
    await().until(() -> stage.fleet.server(owner).isWatched(1));
    stage.fleet.cable(owner).cut();
    stage.fleet.server(owner).cutStreams();
    post(CHANNEL, 4);
    stage.fleet.cable(owner).mend();
    assertThat(phone.bumps()).isEqualTo(Map.of(CHANNEL, 4L));
  }

  private Phone passive() {
    Phone phone = Phone.withBumps(stage.client, stage.ada);
    phone.ready();
    return phone;
  }

  private void post(long channel, int times) {
    for (int i = 0; i < times; i++) {
      stage.fleet.server(stage.fleet.owner(channel)).post(channel, "text");
    }
  }

  private int calls(String rpc) {
    return stage.fleet.server(0).calls(rpc) + stage.fleet.server(1).calls(rpc);
  }

  private static Metadata bearer(String token) {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    return headers;
  }
}
