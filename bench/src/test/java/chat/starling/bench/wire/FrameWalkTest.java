package chat.starling.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.v1.Event;
import chat.starling.api.v1.Heartbeat;
import chat.starling.api.v1.Message;
import chat.starling.api.v1.ServerFrame;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class FrameWalkTest {

  private final FrameWalk walk = new FrameWalk();

  @Test
  void seqAndNumber_ofAnEvent_areThoseThatAParserFinds() {
    ServerFrame frame = event("1764230000123456 murmuration");
    assertThat(seq(frame)).isEqualTo(300);
    assertThat(number(frame)).isEqualTo(1_764_230_000_123_456L);
  }

  @Test
  void number_ofATextWithoutOne_isZero() {
    assertThat(number(event("murmuration 42"))).isZero();
    assertThat(number(event(""))).isZero();
  }

  @Test
  void seq_ofAnotherFrame_isZero() {
    assertThat(seq(ServerFrame.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()).build()))
        .isZero();
    assertThat(seq(ServerFrame.getDefaultInstance())).isZero();
  }

  private static ServerFrame event(String text) {
    return ServerFrame.newBuilder()
        .setRef(9)
        .setEvent(
            Event.newBuilder()
                .setChannelId(Long.MAX_VALUE)
                .setSeq(300)
                .setTraceparent("00-00000000000000000000000000000001-0000000000000001-01")
                .setMessagePosted(Message.newBuilder().setMessageId(-1).setSeq(300).setText(text)))
        .build();
  }

  private long seq(ServerFrame frame) {
    byte[] bytes = frame.toByteArray();
    return walk.eventSeq(Unpooled.wrappedBuffer(new byte[2], bytes), 2, bytes.length);
  }

  private long number(ServerFrame frame) {
    byte[] bytes = frame.toByteArray();
    return walk.textNumber(Unpooled.wrappedBuffer(new byte[2], bytes), 2, bytes.length);
  }
}
