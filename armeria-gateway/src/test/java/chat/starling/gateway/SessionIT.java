package chat.starling.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.v1.HistoryServiceGrpc;
import chat.starling.api.v1.ListMessagesRequest;
import chat.starling.api.v1.Ready;
import chat.starling.api.v1.ServerFrame;
import chat.starling.gateway.harness.Phone;
import chat.starling.gateway.harness.Stage;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The good life of a session, through the real ports. */
class SessionIT {

  private static Stage stage;

  @BeforeAll
  static void start() throws IOException {
    stage = Stage.with(Map.of());
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  @Test
  void send_focusedChannel_isAckedDeliveredAndInHistory() {
    long channel = 100;
    stage.channels.directory().channel(channel, 1, "first-light", 1L);
    Phone phone = Phone.connect(stage.client, stage.ada);
    Ready ready = phone.ready();
    assertThat(ready.getUser().getDisplayName()).isEqualTo("Ada");
    assertThat(ready.getWorkspaceIdsList()).containsExactly(1L);
    assertThat(ready.getResumed()).isFalse();

    int focus = phone.focus(Phone.live(channel));
    ServerFrame focused = phone.next();
    assertThat(focused.getRef()).isEqualTo(focus);
    assertThat(focused.getFocused().getLastSeq()).isZero();

    int send = phone.send(channel, "Good morning");
    ServerFrame one = phone.next();
    ServerFrame other = phone.next();
    ServerFrame sent = one.hasSent() ? one : other;
    ServerFrame event = one.hasSent() ? other : one;
    assertThat(sent.getRef()).isEqualTo(send);
    assertThat(sent.getSent().getSeq()).isEqualTo(1);
    assertThat(event.getEvent().getMessagePosted().getText()).isEqualTo("Good morning");

    var history =
        HistoryServiceGrpc.newBlockingStub(stage.client)
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(bearer(stage.ada)))
            .listMessages(ListMessagesRequest.newBuilder().setChannelId(channel).build());
    assertThat(history.getMessagesList()).hasSize(1);
    assertThat(history.getMessages(0).getText()).isEqualTo("Good morning");
    phone.halfClose();
    assertThat(phone.endCode()).isEqualTo(Status.Code.OK);
  }

  private static Metadata bearer(String token) {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    return headers;
  }
}
