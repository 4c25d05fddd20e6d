package chat.starling.gateway.frames;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.v1.ServerFrame;
import chat.starling.gateway.delivery.Cargo;
import chat.starling.gateway.delivery.Notice;
import chat.starling.gateway.delivery.Parcel;
import com.google.protobuf.ByteString;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class StreamQueueTest {

  private final StreamQueue queue = new StreamQueue();
  private final ByteBuf out = Unpooled.buffer();

  @RepeatedTest(50)
  void moveTo_anyParts_keepsEveryByteInOrder(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    ByteBuf expected = Unpooled.buffer();
    for (int step = 0; step < 300; step++) {
      for (int more = random.nextInt(20); more > 0; more--) {
        Cargo cargo = parcel(step, random.nextInt(50));
        expected.writeBytes(cargo.wire());
        queue.add(cargo);
      }
      queue.moveTo(out, random.nextInt((int) queue.bytes() + 1));
      assertThat(out.readableBytes() + queue.bytes()).isEqualTo(expected.readableBytes());
    }
    queue.moveTo(out, (int) queue.bytes());
    assertThat(queue.isEmpty()).isTrue();
    assertThat(out).isEqualTo(expected);
  }

  @Test
  void moveTo_everythingOfALongQueue_isEmptyAndGoesOn() {
    for (int i = 0; i < 300; i++) {
      queue.add(parcel(i, 10));
    }
    queue.moveTo(out, (int) queue.bytes());
    assertThat(queue.bytes()).isZero();
    assertThat(queue.count()).isZero();
    queue.add(parcel(300, 10));
    assertThat(queue.bytes()).isEqualTo(15);
  }

  @Test
  void takeBack_firstBegunAndANoticeBetween_keepsThose() {
    Notice notice = new Notice(ServerFrame.newBuilder().setRef(7).build());
    queue.add(parcel(1, 10));
    queue.add(parcel(2, 10));
    queue.add(notice);
    queue.add(parcel(3, 10));
    queue.moveTo(out, 4);
    List<Long> taken = new ArrayList<>();
    queue.takeBack(parcel -> taken.add(parcel.seq()));
    assertThat(taken).containsExactly(2L, 3L);
    assertThat(queue.count()).isEqualTo(2);
    assertThat(queue.bytes()).isEqualTo(11 + notice.wire().length);
  }

  @Test
  void takeBack_nothingBegun_leavesNoParcel() {
    queue.add(parcel(1, 10));
    List<Long> taken = new ArrayList<>();
    queue.takeBack(parcel -> taken.add(parcel.seq()));
    assertThat(taken).containsExactly(1L);
    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.bytes()).isZero();
  }

  private static Parcel parcel(long seq, int size) {
    byte[] payload = new byte[size];
    Arrays.fill(payload, (byte) seq);
    return Parcel.ofFrame(1, seq, "", ByteString.copyFrom(payload));
  }
}
