package chat.starling.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.starling.api.internal.v1.AppendResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestartIT {

  private static final long CHANNEL = 5;

  @Test
  void retry_afterTheServerIsReplaced_returnsTheFirstResult() {
    try (TestServer first = TestServer.start("restart")) {
      var request = Requests.append(CHANNEL, Requests.nonce(9, 9), "once");
      AppendResponse acked = first.blockingFeeds().append(request.build());
      first.crash();
      try (TestServer second = TestServer.start("restart")) {
        AppendResponse again = second.blockingFeeds().append(request.setRetry(true).build());
        assertThat(again.getSeq()).isEqualTo(acked.getSeq());
        assertThat(again.getMessageId()).isEqualTo(acked.getMessageId());
        assertThat(again.getDuplicate()).isTrue();
      }
    }
  }

  @Test
  void feed_underANewServer_goesOnWithTheNextSeqAndLargerIds() {
    long channel = CHANNEL + 1;
    try (TestServer first = TestServer.start("restart")) {
      AppendResponse before =
          first
              .blockingFeeds()
              .append(Requests.append(channel, Requests.nonce(1, 1), "one").build());
      first.crash();
      try (TestServer second = TestServer.start("restart")) {
        AppendResponse after =
            second
                .blockingFeeds()
                .append(Requests.append(channel, Requests.nonce(1, 2), "two").build());
        assertThat(after.getSeq()).isEqualTo(before.getSeq() + 1);
        assertThat(after.getMessageId()).isGreaterThan(before.getMessageId());
      }
    }
  }

  @Test
  void server_closedInOrder_endsStreamsAndLeavesAllForTheNext() {
    long channel = CHANNEL + 2;
    TestGateway gateway;
    try (TestServer first = TestServer.start("restart")) {
      TestGateway there = new TestGateway(first.feeds());
      there.add(channel);
      await().until(() -> !there.added(channel).isEmpty());
      first.blockingFeeds().append(Requests.append(channel, Requests.nonce(1, 3), "kept").build());
      gateway = there;
    }
    await().until(() -> gateway.fault() != null);
    assertThat(io.grpc.Status.fromThrowable(gateway.fault()).getCode())
        .isEqualTo(io.grpc.Status.Code.UNAVAILABLE);
    try (TestServer second = TestServer.start("restart")) {
      TestGateway next = new TestGateway(second.feeds());
      next.add(channel, 0);
      await().untilAsserted(() -> assertThat(next.seqs(channel)).isEqualTo(List.of(1L)));
    }
  }
}
