package chat.starling.gateway.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeframerTest {

  private static final int MAX = 1_000;

  private final Deframer deframer = new Deframer(MAX);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void next_messagesCutAnywhere_comeWholeAndInOrder(long seed) {
    Random random = new Random(seed);
    List<ByteString> sent = new ArrayList<>();
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    for (int i = 0; i < 200; i++) {
      byte[] message = new byte[random.nextInt(5) == 0 ? 0 : random.nextInt(MAX + 1)];
      random.nextBytes(message);
      sent.add(ByteString.copyFrom(message));
      stream.writeBytes(framed(0, message.length, message));
    }
    byte[] all = stream.toByteArray();
    List<ByteString> got = new ArrayList<>();
    for (int from = 0; from < all.length; ) {
      int to = Math.min(all.length, from + random.nextInt(3) * random.nextInt(1_500));
      deframer.feed(Arrays.copyOfRange(all, from, to));
      from = to;
      for (ByteString next = deframer.next(); next != null; next = deframer.next()) {
        got.add(next);
      }
    }
    assertThat(got).isEqualTo(sent);
    deframer.end();
    assertThat(deframer.fault()).isNull();
  }

  @ParameterizedTest
  @ValueSource(longs = {MAX + 1, 1L << 31, 0xffff_ffffL})
  void next_messageLongerThanAllowed_isAFaultBeforeItHasCome(long length) {
    deframer.feed(framed(0, length, new byte[10]));
    assertThat(deframer.next()).isNull();
    assertThat(deframer.fault()).isEqualTo(Deframer.Fault.TOO_LONG);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 255})
  void next_compressed_isAFaultAfterWhichNothingComes(int flag) {
    deframer.feed(framed(flag, 3, new byte[3]));
    assertThat(deframer.next()).isNull();
    deframer.feed(framed(0, 3, new byte[3]));
    assertThat(deframer.next()).isNull();
    assertThat(deframer.fault()).isEqualTo(Deframer.Fault.UNREADABLE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 5, 7})
  void end_inTheMiddleOfAMessage_isAFault(int bytes) {
    deframer.feed(Arrays.copyOf(framed(0, 3, new byte[3]), bytes));
    assertThat(deframer.next()).isNull();
    assertThat(deframer.fault()).isNull();
    deframer.end();
    assertThat(deframer.fault()).isEqualTo(Deframer.Fault.UNREADABLE);
  }

  @Test
  void end_ofNothing_isNoFault() {
    deframer.feed(new byte[0]);
    assertThat(deframer.next()).isNull();
    deframer.end();
    assertThat(deframer.fault()).isNull();
  }

  private static byte[] framed(int flag, long length, byte[] message) {
    return ByteBuffer.allocate(5 + message.length)
        .put((byte) flag)
        .putInt((int) length)
        .put(message)
        .array();
  }
}
