package chat.starling.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.starling.api.v1.Focused;
import chat.starling.api.v1.ServerFrame;
import chat.starling.gateway.harness.FakeChannelServer;
import chat.starling.gateway.harness.Phone;
import chat.starling.gateway.harness.Stage;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Sessions that get what is said in small channels without looking, through the real ports. */
class PushIT {

  private static final AtomicLong IDS = new AtomicLong(1_000);

  private static Stage shared;

  /** A workspace of the test's own; its user has the same id. */
  private final long workspace = IDS.addAndGet(10);

  /** Two members, as many as a small channel has at most here. */
  private final long small = workspace + 1;

  private final long other = workspace + 2;

  /** Three members. */
  private final long large = workspace + 3;

  @BeforeAll
  static void start() throws IOException {
    shared = stage(Map.of());
  }

  @AfterAll
  static void stop() {
    shared.close();
  }

  @Test
  void smallChannel_isNotTouchedUntilItMoves_thenEveryEventComesOnce() {
    open(shared);
    post(shared, small, 3);
    Phone phone = pushed(shared);
    assertThat(phone.joined()).isEqualTo(Map.of(small, 3L, other, 0L, large, 0L));
    phone.expectAlive();
    assertThat(owner(shared, small).isSubscribed(small)).isFalse();
    post(shared, small, 1);
    assertThat(comesIntoView(phone, small).getFromSeq()).isEqualTo(3);
    phone.expectEvents(small, 4, 4);
    post(shared, small, 20);
    phone.expectEvents(small, 5, 24);
    post(shared, other, 1);
    assertThat(comesIntoView(phone, other).getFromSeq()).isZero();
    phone.expectEvents(other, 1, 1);
    phone.expectAlive();
  }

  @Test
  void smallChannel_moreWasMissedThanIsReplayed_isReloadedAsInFocus() {
    open(shared);
    Phone phone = pushed(shared);
    phone.joined();
    for (int i = 0; i < 1_100; i++) {
      owner(shared, small).postSilently(small, "text");
    }
    post(shared, small, 1);
    Focused focused = comesIntoView(phone, small);
    assertThat(focused.getReload()).isTrue();
    assertThat(focused.getFromSeq()).isEqualTo(1_101);
    post(shared, small, 1);
    phone.expectEvents(small, 1_102, 1_102);
  }

  @Test
  void largeChannel_isOnlyBumped() {
    open(shared);
    Phone phone = pushed(shared);
    phone.joined();
    post(shared, large, 2);
    long told = 0;
    while (told < 2) {
      Map<Long, Long> bumps = phone.bumps();
      assertThat(bumps).containsOnlyKeys(large);
      told = bumps.getOrDefault(large, 0L);
    }
    assertThat(owner(shared, large).isSubscribed(large)).isFalse();
  }

  @Test
  void sessionThatDoesNotAsk_isOnlyBumped_andNobodyIsCounted() {
    open(shared);
    Phone phone = Phone.withBumps(shared.client, token(shared));
    phone.ready();
    phone.joined();
    int counts = calls(shared);
    post(shared, small, 1);
    assertThat(phone.bumps()).isEqualTo(Map.of(small, 1L));
    phone.expectAlive();
    assertThat(calls(shared)).isEqualTo(counts);
  }

  @Test
  void focus_ofAChannelInView_isTheClientsOwn_andEndsAsFocusDoes() {
    open(shared);
    Phone phone = pushed(shared);
    phone.joined();
    post(shared, small, 2);
    comesIntoView(phone, small);
    phone.expectEvents(small, 1, 2);
    post(shared, other, 1);
    comesIntoView(phone, other);
    phone.expectEvents(other, 1, 1);
    int ref = phone.focus(Phone.after(small, 2));
    ServerFrame focused = phone.next();
    assertThat(focused.getRef()).isEqualTo(ref);
    assertThat(focused.getFocused().getFromSeq()).isEqualTo(2);
    post(shared, other, 1);
    phone.expectEvents(other, 2, 2);
    phone.focus();
    phone.expectAlive();
    post(shared, small, 1);
    assertThat(comesIntoView(phone, small).getFromSeq()).isEqualTo(2);
    phone.expectEvents(small, 3, 3);
  }

  @Test
  void resume_channelsInView_goOnWhereTheyWere() {
    open(shared);
    Phone phone = Phone.withPush(shared.client, token(shared));
    String session = phone.ready().getSessionToken();
    phone.joined();
    post(shared, small, 2);
    comesIntoView(phone, small);
    phone.expectEvents(small, 1, 2);
    phone.vanish();
    post(shared, small, 3);
    Phone again = Phone.resumeWithPush(shared.client, token(shared), session, 2);
    assertThat(again.ready().getResumed()).isTrue();
    long next = 3;
    while (next <= 5) {
      ServerFrame frame = again.next();
      if (frame.hasEvent()) {
        assertThat(frame.getEvent().getSeq()).isEqualTo(next++);
      } else {
        assertThat(frame.hasJoined()).as("%s", frame).isTrue();
      }
    }
  }

  @Test
  void memberNoMore_isBumpedAndNotSentAnything() {
    open(shared);
    Phone phone = pushed(shared);
    phone.joined();
    shared.channels.directory().leave(small, workspace);
    post(shared, small, 1);
    assertThat(phone.bumps()).isEqualTo(Map.of(small, 1L));
    post(shared, small, 1);
    assertThat(phone.bumps()).isEqualTo(Map.of(small, 2L));
    assertThat(owner(shared, small).isSubscribed(small)).isFalse();
  }

  @Test
  void moreThanASessionMayHave_areBumpedWhileTheOthersMove() throws IOException {
    try (Stage stage = stage(Map.of("delivery.push-channels", "1"))) {
      open(stage);
      Phone phone = pushed(stage);
      phone.joined();
      post(stage, small, 1);
      comesIntoView(phone, small);
      phone.expectEvents(small, 1, 1);
      post(stage, other, 1);
      assertThat(phone.bumps()).isEqualTo(Map.of(other, 1L));
    }
  }

  @Test
  void quietChannel_leavesTheView_andComesBackWithoutAGap() throws IOException {
    try (Stage stage =
        stage(Map.of("delivery.push-quiet-time", "1s", "session.heartbeat-interval", "400ms"))) {
      open(stage);
      Phone phone = pushed(stage);
      phone.joined();
      post(stage, small, 1);
      comesIntoView(phone, small);
      phone.expectEvents(small, 1, 1);
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> {
            phone.expectAlive();
            return !owner(stage, small).isSubscribed(small);
          });
      post(stage, small, 2);
      assertThat(comesIntoView(phone, small).getFromSeq()).isEqualTo(1);
      phone.expectEvents(small, 2, 3);
    }
  }

  @Test
  void switchedOff_nothingIsPushed() throws IOException {
    try (Stage stage = stage(Map.of("delivery.push-members", "0"))) {
      open(stage);
      Phone phone = pushed(stage);
      phone.joined();
      post(stage, small, 1);
      assertThat(phone.bumps()).isEqualTo(Map.of(small, 1L));
      assertThat(calls(stage)).isZero();
    }
  }

  private static Stage stage(Map<String, String> more) throws IOException {
    Map<String, String> settings = new HashMap<>();
    settings.put("delivery.bump-interval", "200ms");
    settings.put("delivery.push-members", "2");
    settings.putAll(more);
    return Stage.of(2, settings);
  }

  private void open(Stage stage) {
    stage.channels.directory().channel(small, workspace, "small", workspace, 2L);
    stage.channels.directory().channel(other, workspace, "other", workspace);
    stage.channels.directory().channel(large, workspace, "large", workspace, 2L, 3L);
  }

  private Phone pushed(Stage stage) {
    Phone phone = Phone.withPush(stage.client, token(stage));
    phone.ready();
    return phone;
  }

  private String token(Stage stage) {
    return stage.issuer.token(workspace, "Ada", workspace);
  }

  private static Focused comesIntoView(Phone phone, long channel) {
    ServerFrame frame = phone.next();
    assertThat(frame.hasFocused()).as("%s", frame).isTrue();
    assertThat(frame.getRef()).isZero();
    assertThat(frame.getFocused().getChannelId()).isEqualTo(channel);
    return frame.getFocused();
  }

  private static void post(Stage stage, long channel, int times) {
    for (int i = 0; i < times; i++) {
      owner(stage, channel).post(channel, "text");
    }
  }

  private static FakeChannelServer owner(Stage stage, long channel) {
    return stage.fleet.server(stage.fleet.owner(channel));
  }

  private static int calls(Stage stage) {
    return stage.fleet.server(0).calls("CountMembers")
        + stage.fleet.server(1).calls("CountMembers");
  }
}
