package chat.starling.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessagesTest {

  private final List<String> got = new ArrayList<>();
  private final Messages messages =
      new Messages((index, in, from, length) ->
          got.add(index + ":" + in.toString(from, length, StandardCharsets.UTF_8)));

  @Test
  void data_severalMessagesInOneFrame_eachIsGiven() {
    data(0, join(wire("one"), wire(""), wire("three")));
    assertThat(got).containsExactly("0:one", "0:", "0:three");
  }

  @Test
  void data_splitAtEveryPlace_theMessagesAreWhole() {
    byte[] all = join(wire("first"), wire("second"));
    for (int cut = 0; cut <= all.length; cut++) {
      got.clear();
      data(0, part(all, 0, cut));
      data(0, part(all, cut, all.length));
      assertThat(got).as("cut at %d", cut).containsExactly("0:first", "0:second");
    }
  }

  @Test
  void data_byteByByteOnTwoStreams_theyDoNotMix() {
    byte[] left = wire("left");
    byte[] right = wire("rite");
    for (int i = 0; i < left.length; i++) {
      data(7, part(left, i, i + 1));
      data(2, part(right, i, i + 1));
    }
    assertThat(got).containsExactly("7:left", "2:rite");
  }

  @Test
  void data_compressedMessage_isRefused() {
    byte[] compressed = wire("x");
    compressed[0] = 1;
    assertThatThrownBy(() -> data(0, compressed)).hasMessageContaining("without compression");
  }

  private void data(int index, byte[] bytes) {
    ByteBuf in = Unpooled.wrappedBuffer(new byte[3], bytes);
    messages.data(index, in, 3, bytes.length);
  }

  private static byte[] wire(String text) {
    return Messages.prefixed(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] part(byte[] all, int from, int to) {
    return Arrays.copyOfRange(all, from, to);
  }

  private static byte[] join(byte[]... parts) {
    ByteBuf all = Unpooled.buffer();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return ByteBufUtil.getBytes(all);
  }
}
