package chat.starling.platform.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.v1.ClientFrame;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.api.v1.Send;
import chat.starling.platform.refusal.Refuse;
import com.google.protobuf.ByteString;
import com.linecorp.armeria.common.ClosedSessionException;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.stream.ClosedStreamException;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalStatusTest {

  @Test
  void refusal_overTheWire_comesBackWhole() {
    Refusal refusal =
        Refuse.because(Reason.REASON_OVERLOADED)
            .field("send")
            .value("x")
            .expected("less")
            .retryAfter(Duration.ofMillis(1500))
            .build();
    assertThat(RefusalStatus.fromThrowable(RefusalStatus.toException(refusal))).contains(refusal);
  }

  @Test
  void fault_withoutOurDetails_isNoRefusal() {
    assertThat(RefusalStatus.fromThrowable(Status.NOT_FOUND.asRuntimeException())).isEmpty();
  }

  @Test
  void callThatIsOver_isCancelledAndNoFaultOfOurs() {
    ServiceRequestContext call = ServiceRequestContext.of(HttpRequest.of(HttpMethod.POST, "/x"));
    for (Throwable end : List.of(ClosedStreamException.get(), ClosedSessionException.get())) {
      Metadata trailers = new Metadata();
      Status status = new RefusalHandler().apply(call, Status.UNKNOWN, end, trailers);
      assertThat(status.getCode()).isEqualTo(Status.Code.CANCELLED);
      assertThat(trailers.keys()).isEmpty();
    }
  }

  @Test
  void internalFault_saysNothingOfItself() {
    Refusal refusal =
        RefusalHandler.refusal(Status.UNKNOWN, new IllegalStateException("password=hush"));
    assertThat(refusal.getReason()).isEqualTo(Reason.REASON_INTERNAL);
    assertThat(refusal.toString()).doesNotContain("hush");
  }

  @Test
  void brokenText_isFoundByPath() {
    ByteString text = ByteString.copyFrom(new byte[] {'a', (byte) 0xC3, 'b'});
    ByteString send = ByteString.copyFrom(new byte[] {(byte) (3 << 3 | 2), 3}).concat(text);
    ByteString frame =
        ByteString.copyFrom(
                new byte[] {
                  (byte) (ClientFrame.SEND_FIELD_NUMBER << 3 | 2 | 0x80), 1, (byte) send.size()
                })
            .concat(send);
    assertThat(BrokenText.find(ClientFrame.getDescriptor(), frame)).contains("send.text");
  }

  @Test
  void soundText_isNotBroken() {
    ClientFrame frame =
        ClientFrame.newBuilder().setSend(Send.newBuilder().setText("näh 🐦")).build();
    assertThat(BrokenText.find(ClientFrame.getDescriptor(), frame.toByteString())).isEmpty();
  }
}
