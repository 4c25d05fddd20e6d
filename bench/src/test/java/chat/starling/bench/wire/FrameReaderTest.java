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

class FrameReaderTest {

  private static final int END_STREAM = 1;
  private static final int PADDED = 8;

  private final Told told = new Told();

  @Test
  void read_whateverThePieces_givesTheSameFrames() {
    byte[] all = script();
    List<String> whole = read(all, all.length);
    assertThat(whole)
        .containsExactly(
            "setting 3=100",
            "setting 4=65536",
            "settings end",
            "headers 1",
            "data 1 hello counts 5",
            "data 3 padded counts 10 end",
            "ping 42",
            "window 0 +1000",
            "reset 5 8",
            "goaway 2");
    for (int piece = 1; piece < 40; piece++) {
      assertThat(read(all, piece)).as("pieces of %d", piece).isEqualTo(whole);
    }
  }

  @Test
  void read_afterAPreface_skipsIt() {
    var reader = new FrameReader(told, Http2.preface().length);
    reader.read(Unpooled.copiedBuffer(Http2.preface(), 0, 10));
    reader.read(Unpooled.copiedBuffer(Http2.preface(), 10, 14));
    reader.read(Unpooled.wrappedBuffer(script()));
    assertThat(told.frames).hasSize(10);
  }

  @Test
  void read_frameLargerThanAnybodyAskedFor_isRefused() {
    var reader = new FrameReader(told, 0);
    ByteBuf huge = Unpooled.buffer().writeMedium(16_385).writeZero(6);
    assertThatThrownBy(() -> reader.read(huge)).hasMessage("a frame of 16385 bytes");
    assertThat(huge.refCnt()).isZero();
  }

  private List<String> read(byte[] all, int piece) {
    told.frames.clear();
    var reader = new FrameReader(told, 0);
    for (int at = 0; at < all.length; at += piece) {
      ByteBuf in = Unpooled.copiedBuffer(all, at, Math.min(piece, all.length - at));
      reader.read(in);
      assertThat(in.refCnt()).isZero();
    }
    return List.copyOf(told.frames);
  }

  private static byte[] script() {
    ByteBuf out = Unpooled.buffer();
    FrameWriter.settings(out, 3, 100, 4, 65_536);
    FrameWriter.settingsAck(out);
    FrameWriter.headers(out, 1, HeaderBlock.response());
    FrameWriter.data(out, 1, "hello".getBytes(StandardCharsets.UTF_8));
    out.writeMedium(10).writeByte(0).writeByte(END_STREAM | PADDED).writeInt(3).writeByte(3);
    out.writeBytes("padded".getBytes(StandardCharsets.UTF_8)).writeZero(3);
    out.writeMedium(8).writeByte(6).writeByte(0).writeInt(0).writeLong(42);
    FrameWriter.pingAck(out, 42);
    FrameWriter.windowUpdate(out, 0, 1_000);
    out.writeMedium(4).writeByte(3).writeByte(0).writeInt(5).writeInt(8);
    out.writeMedium(8).writeByte(7).writeByte(0).writeInt(0).writeInt(5).writeInt(2);
    out.writeMedium(2).writeByte(0xee).writeByte(0).writeInt(0).writeShort(7);
    return Arrays.copyOf(ByteBufUtil.getBytes(out), out.readableBytes());
  }

  /** Writes down what it is told. */
  private static final class Told implements FrameSink {

    final List<String> frames = new ArrayList<>();

    @Override
    public void data(int stream, ByteBuf in, int from, int length, int counted, boolean end) {
      String text = in.toString(from, length, StandardCharsets.UTF_8);
      frames.add("data " + stream + " " + text + " counts " + counted + (end ? " end" : ""));
    }

    @Override
    public void headers(int stream, boolean end) {
      frames.add("headers " + stream);
    }

    @Override
    public void setting(int id, int value) {
      frames.add("setting " + id + "=" + value);
    }

    @Override
    public void settingsEnd() {
      frames.add("settings end");
    }

    @Override
    public void ping(long bytes) {
      frames.add("ping " + bytes);
    }

    @Override
    public void windowUpdate(int stream, int increment) {
      frames.add("window " + stream + " +" + increment);
    }

    @Override
    public void reset(int stream, int code) {
      frames.add("reset " + stream + " " + code);
    }

    @Override
    public void goAway(int code) {
      frames.add("goaway " + code);
    }
  }
}
