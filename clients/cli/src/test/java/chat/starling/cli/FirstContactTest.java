package chat.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.starling.api.v1.Ready;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.client.ConnectionState;
import chat.starling.client.RefusedException;
import com.google.protobuf.Duration;
import org.junit.jupiter.api.Test;

class FirstContactTest {
  private final FirstContact contact = new FirstContact();

  @Test
  void await_askedToComeBackLater_goesOnUntilItIsIn() throws Exception {
    contact.onState(ConnectionState.WAITING, overloaded());
    assertThat(contact.made()).isFalse();
    contact.onState(
        ConnectionState.WAITING,
        new RefusedException(
            Refusal.newBuilder().setReason(Reason.REASON_STOPPING).setStatus(14).build()));
    contact.onState(ConnectionState.CONNECTING, null);
    contact.onReady(Ready.newBuilder().setSessionToken("in").build());
    assertThat(contact.await().getSessionToken()).isEqualTo("in");
  }

  @Test
  void await_askedNotToComeBack_fails() {
    RefusedException why = overloaded();
    contact.onState(ConnectionState.STOPPED, why);
    assertThatThrownBy(contact::await).hasRootCause(why);
  }

  @Test
  void await_connectionFails_failsAtOnce() {
    RefusedException why = new RefusedException(Refusal.newBuilder().setStatus(14).build());
    contact.onState(ConnectionState.WAITING, why);
    assertThatThrownBy(contact::await).hasRootCause(why);
  }

  private static RefusedException overloaded() {
    return new RefusedException(
        Refusal.newBuilder()
            .setReason(Reason.REASON_OVERLOADED)
            .setStatus(8)
            .setRetryAfter(Duration.newBuilder().setSeconds(1))
            .build());
  }
}
