package chat.starling.bench.drain;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.v1.Heartbeat;
import chat.starling.api.v1.ServerFrame;
import chat.starling.bench.load.Channels;
import io.netty.buffer.Unpooled;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TallyTest {

  private static final Channels MESSAGES = Channels.withTextOf(100);
  private static final long CHANNEL = 77;

  private final List<Long> told = new ArrayList<>();
  private Instant now = Instant.ofEpochSecond(1_000);
  private final InstantSource clock = () -> now;
  private final Finish finish = new Finish(1, told::add);
  private final Tally tally = new Tally(2, finish, clock);

  @Test
  void events_inOrderOnBothStreams_areCountedAndTimedToTheLast() {
    long sent = 1_000_000_000 - 40;
    read(1, 1, sent);
    now = now.plusNanos(60_000);
    read(1, 1, sent);
    Tally.Part part = tally.take();
    assertThat(part.deliveries()).isEqualTo(2);
    assertThat(part.gaps() + part.duplicates()).isZero();
    assertThat(part.last().getTotalCount()).isEqualTo(1);
    assertThat(part.last().getMaxValue()).isEqualTo(100);
    assertThat(part.every().getMinValue()).isEqualTo(40);
    assertThat(told).containsExactly(1L);
  }

  @Test
  void event_afterALeftOutOne_isAGap() {
    assertThat(read(5, 8, 1)).isEqualTo(9);
    Tally.Part part = tally.take();
    assertThat(part.gaps()).isEqualTo(3);
    assertThat(part.deliveries()).isEqualTo(1);
    assertThat(told).isEmpty();
  }

  @Test
  void event_againOrTooLate_isADuplicate() {
    assertThat(read(5, 4, 1)).isEqualTo(5);
    assertThat(tally.take().duplicates()).isEqualTo(1);
  }

  @Test
  void frame_otherThanAnEvent_isNotCounted() {
    var heartbeat = ServerFrame.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()).build();
    assertThat(message(5, heartbeat)).isEqualTo(5);
    Tally.Part part = tally.take();
    assertThat(part.deliveries() + part.gaps() + part.duplicates()).isZero();
  }

  @Test
  void seqs_manyTimesRoundTheWindow_finishEach() {
    for (long seq = 1; seq <= 3L * Finish.WINDOW; seq += Finish.WINDOW) {
      read(seq, seq, 1);
      read(seq, seq, 1);
    }
    assertThat(told).containsExactly(1L, 1L + Finish.WINDOW, 1L + 2 * Finish.WINDOW);
  }

  private long read(long due, long seq, long micros) {
    return message(
        due, ServerFrame.newBuilder().setEvent(MESSAGES.eventSentAt(CHANNEL, seq, micros)).build());
  }

  private long message(long due, ServerFrame frame) {
    byte[] bytes = frame.toByteArray();
    tally.beginRead();
    long next = tally.message(due, Unpooled.wrappedBuffer(bytes), 0, bytes.length);
    tally.endRead();
    return next;
  }
}
