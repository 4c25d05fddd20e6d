package chat.starling.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.v1.ClientFrame;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Send;
import chat.starling.gateway.session.FrameReader.Broken;
import chat.starling.gateway.session.FrameReader.Whole;
import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameReaderTest {

  private static final ClientFrame FRAME =
      ClientFrame.newBuilder()
          .setRef(77)
          .setSend(Send.newBuilder().setChannelId(1).setText("a broken word"))
          .build();

  @Test
  void read_frame_isTheFrame() {
    assertThat(FrameReader.read(FRAME.toByteString())).isEqualTo(new Whole(FRAME));
  }

  @Test
  void read_textNotUtf8_namesTheFieldUnderTheFramesRef() {
    byte[] bytes = FRAME.toByteArray();
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("broken");
    bytes[at] = (byte) 0xff;
    Broken reading = (Broken) FrameReader.read(ByteString.copyFrom(bytes));
    assertThat(reading.ref()).isEqualTo(77);
    assertThat(reading.refusal().getReason()).isEqualTo(Reason.REASON_NOT_UTF8);
    assertThat(reading.refusal().getField()).isEqualTo("send.text");
  }

  @Test
  void read_noProtobuf_isMalformed() {
    Broken reading = (Broken) FrameReader.read(ByteString.copyFrom(new byte[] {(byte) 0xff, 1, 2}));
    assertThat(reading.refusal().getReason()).isEqualTo(Reason.REASON_MALFORMED);
    assertThat(reading.ref()).isZero();
  }

  @Test
  void read_anyBytes_neverFails() {
    Random random = new Random(42);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = FRAME.toByteArray();
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      assertThat(FrameReader.read(ByteString.copyFrom(bytes, 0, random.nextInt(bytes.length + 1))))
          .isNotNull();
    }
  }
}
