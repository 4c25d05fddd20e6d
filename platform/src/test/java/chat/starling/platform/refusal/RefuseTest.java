package chat.starling.platform.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import com.google.rpc.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RefuseTest {

  @Test
  void message_notGiven_isMadeOfFieldValueAndExpectation() {
    Refusal refusal =
        Refuse.because(Reason.REASON_PAGE_SIZE)
            .field("page_size")
            .value(0)
            .expected("1..1000")
            .build();
    assertThat(refusal.getMessage()).isEqualTo("page_size: 0 (expected: 1..1000)");
    assertThat(refusal.getStatus()).isEqualTo(Code.INVALID_ARGUMENT.getNumber());
  }

  @Test
  void value_tooLong_isCutAtACodePoint() {
    Refusal refusal = Refuse.because(Reason.REASON_TEXT_TOO_LONG).value("🐦".repeat(100)).build();
    assertThat(refusal.getValue()).isEqualTo("🐦".repeat(Refuse.MAX_VALUE_LENGTH));
  }

  @Test
  void within_aPart_namesTheFieldInTheWhole() {
    Refusal refusal =
        Refuse.because(Reason.REASON_CURSOR_AHEAD).field("seq").value(9).expected("0..3").build();
    Refusal whole = Refuse.within("hello.resume.cursors[1]", refusal);
    assertThat(whole.getField()).isEqualTo("hello.resume.cursors[1].seq");
    assertThat(whole.getMessage()).isEqualTo("hello.resume.cursors[1].seq: 9 (expected: 0..3)");
  }

  @ParameterizedTest
  @EnumSource(
      value = Reason.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"REASON_UNSPECIFIED", "UNRECOGNIZED"})
  void status_everyReason_isAnError(Reason reason) {
    assertThat(ReasonStatus.of(reason)).isNotIn(Code.OK, Code.UNKNOWN);
  }
}
