package chat.starling.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import chat.starling.api.internal.v1.AppendRequest;
import chat.starling.api.internal.v1.CreateChannelRequest;
import chat.starling.api.internal.v1.FeedId;
import chat.starling.api.internal.v1.FeedKind;
import chat.starling.api.internal.v1.GetMembershipRequest;
import chat.starling.api.internal.v1.JoinChannelRequest;
import chat.starling.api.internal.v1.ListChannelsRequest;
import chat.starling.api.internal.v1.LookupChannelRequest;
import chat.starling.api.internal.v1.SubscribeRequest;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.platform.rpc.RefusalStatus;
import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BadInputIT {

  private static final long CHANNEL = 3;

  private static TestServer server;
  private static TestAppender appender;

  @BeforeAll
  static void start() {
    server = TestServer.start("bad_input");
    appender = new TestAppender(server.feeds());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void append_ofWhatMayNotBe_isRefusedByReasonAndField() {
    AppendRequest good = Requests.append(CHANNEL, Requests.nonce(1, 1), "hello").build();
    refuses(append(good.toBuilder().setText("")), Reason.REASON_TEXT_EMPTY, "text");
    refuses(append(good.toBuilder().setText(" \n\t ")), Reason.REASON_TEXT_EMPTY, "text");
    refuses(
        append(good.toBuilder().setText("🐦".repeat(4_001))), Reason.REASON_TEXT_TOO_LONG, "text");
    refuses(append(good.toBuilder().clearNonce()), Reason.REASON_NONCE_MISSING, "nonce");
    refuses(
        append(good.toBuilder().setNonce(ByteString.copyFromUtf8("short"))),
        Reason.REASON_NONCE_LENGTH,
        "nonce");
    refuses(append(good.toBuilder().clearAuthor()), Reason.REASON_OUT_OF_RANGE, "author.user_id");
    refuses(append(good.toBuilder().clearFeed()), Reason.REASON_OUT_OF_RANGE, "feed.kind");
    refuses(
        append(good.toBuilder().setFeed(FeedId.newBuilder().setKindValue(9).setId(1))),
        Reason.REASON_OUT_OF_RANGE,
        "feed.kind");
    refuses(
        append(
            good.toBuilder()
                .setFeed(FeedId.newBuilder().setKind(FeedKind.FEED_KIND_USER).setId(1))),
        Reason.REASON_OUT_OF_RANGE,
        "feed.kind");
    assertThat(
            server
                .blockingFeeds()
                .append(good.toBuilder().setText("🐦".repeat(4_000)).build())
                .getSeq())
        .isPositive();
  }

  @Test
  void nonce_usedForAnotherText_isRefused() {
    var first = Requests.append(CHANNEL + 1, Requests.nonce(2, 1), "one");
    long seq = server.blockingFeeds().append(first.build()).getSeq();
    refuses(append(first.clone().setText("two")), Reason.REASON_NONCE_REUSED, "nonce");
    var again = server.blockingFeeds().append(first.build());
    assertThat(again.getSeq()).isEqualTo(seq);
    assertThat(again.getDuplicate()).isTrue();
  }

  @Test
  void pages_outOfRange_areRefused() {
    for (int limit : new int[] {0, -1, 1_001}) {
      refuses(
          () -> server.blockingFeeds().readEvents(Requests.events(CHANNEL, 0, limit)),
          Reason.REASON_PAGE_SIZE,
          "limit");
      refuses(
          () -> server.blockingFeeds().readHistory(Requests.history(CHANNEL, limit).build()),
          Reason.REASON_PAGE_SIZE,
          "limit");
      refuses(
          () ->
              server
                  .directory()
                  .listChannels(
                      ListChannelsRequest.newBuilder()
                          .setWorkspaceId(1)
                          .setPageSize(limit)
                          .build()),
          Reason.REASON_PAGE_SIZE,
          "page_size");
    }
  }

  @Test
  void cursors_fromTheFutureOrBelowZero_areRefused() {
    refuses(
        () -> server.blockingFeeds().readEvents(Requests.events(99, 1, 10)),
        Reason.REASON_CURSOR_AHEAD,
        "after_seq");
    refuses(
        () -> server.blockingFeeds().readEvents(Requests.events(99, -1, 10)),
        Reason.REASON_OUT_OF_RANGE,
        "after_seq");
    TestGateway gateway = new TestGateway(server.feeds());
    gateway.add(99, 1);
    gateway.add(-5);
    await()
        .untilAsserted(() -> {
          assertThat(gateway.refused(99)).isEqualTo(List.of("CURSOR_AHEAD"));
          assertThat(gateway.refused(-5)).isEqualTo(List.of("OUT_OF_RANGE"));
        });
    gateway.add(99, 0);
    await().until(() -> gateway.added(99).size() == 1);
    gateway.send(SubscribeRequest.getDefaultInstance());
    await().until(() -> gateway.fault() != null);
    assertThat(
            RefusalStatus.fromThrowable(Objects.requireNonNull(gateway.fault()))
                .map(Refusal::getReason))
        .contains(Reason.REASON_FRAME_UNKNOWN);
  }

  @Test
  void directory_ofWhatIsNotThere_isRefused() {
    refuses(
        () ->
            server
                .directory()
                .createChannel(
                    CreateChannelRequest.newBuilder()
                        .setWorkspaceId(1)
                        .setCreatorId(1)
                        .setName("No Name")
                        .build()),
        Reason.REASON_NAME_INVALID,
        "name");
    refuses(
        () ->
            server
                .directory()
                .lookupChannel(
                    LookupChannelRequest.newBuilder().setWorkspaceId(1).setName("none").build()),
        Reason.REASON_CHANNEL_NOT_FOUND,
        "name");
    refuses(
        () ->
            server
                .directory()
                .joinChannel(
                    JoinChannelRequest.newBuilder().setChannelId(12_345).setUserId(1).build()),
        Reason.REASON_CHANNEL_NOT_FOUND,
        "channel_id");
    refuses(
        () ->
            server
                .directory()
                .getMembership(
                    GetMembershipRequest.newBuilder().setChannelId(12_345).setUserId(1).build()),
        Reason.REASON_CHANNEL_NOT_FOUND,
        "channel_id");
    refuses(
        () ->
            server
                .directory()
                .listChannels(
                    ListChannelsRequest.newBuilder()
                        .setWorkspaceId(1)
                        .setPageSize(5)
                        .setPageToken("made up")
                        .build()),
        Reason.REASON_PAGE_TOKEN,
        "page_token");
  }

  /** Appends by either rpc, which must refuse alike. */
  private static ThrowingCallable append(AppendRequest.Builder request) {
    return () -> {
      Throwable fault = catchThrowable(() -> server.blockingFeeds().append(request.build()));
      Throwable streamed = catchThrowable(appender.send(request.build())::join);
      assertThat(RefusalStatus.fromThrowable(streamed))
          .isEqualTo(RefusalStatus.fromThrowable(fault));
      throw fault;
    };
  }

  private static void refuses(ThrowingCallable call, Reason reason, String field) {
    Optional<Refusal> refusal = RefusalStatus.fromThrowable(catchThrowable(call));
    assertThat(refusal.map(Refusal::getReason)).contains(reason);
    assertThat(refusal.map(Refusal::getField)).contains(field);
    assertThat(refusal.map(Refusal::getExpected)).get().asString().isNotEmpty();
  }
}
