package chat.starling.platform.refusal;

import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import com.google.protobuf.util.Durations;
import java.time.Duration;

/**
 * Composes a refusal: {@code Refuse.because(REASON_PAGE_SIZE).field("page_size").value(0)
 * .expected("1..1000").toException()}.
 */
public final class Refuse {

  /** Code points of an offending value that a refusal shows. */
  public static final int MAX_VALUE_LENGTH = 64;

  private final Refusal.Builder refusal;
  private String message = "";

  private Refuse(Reason reason) {
    refusal = Refusal.newBuilder().setReason(reason).setStatus(ReasonStatus.of(reason).getNumber());
  }

  /** Begins a refusal for this reason; its status follows from the reason. */
  public static Refuse because(Reason reason) {
    return new Refuse(reason);
  }

  /** The path of the offending field. */
  public Refuse field(String path) {
    refusal.setField(path);
    return this;
  }

  /** The offending value, which must not be a secret; shortened to {@link #MAX_VALUE_LENGTH}. */
  public Refuse value(Object value) {
    String text = String.valueOf(value);
    int end =
        text.offsetByCodePoints(
            0, Math.min(MAX_VALUE_LENGTH, text.codePointCount(0, text.length())));
    refusal.setValue(text.substring(0, end));
    return this;
  }

  /** What would have been right. */
  public Refuse expected(String expectation) {
    refusal.setExpected(expectation);
    return this;
  }

  /** When the same request may succeed. */
  public Refuse retryAfter(Duration wait) {
    refusal.setRetryAfter(Durations.fromNanos(wait.toNanos()));
    return this;
  }

  /** One sentence for the developer; without it one is made of field, value and expectation. */
  public Refuse message(String sentence) {
    message = sentence;
    return this;
  }

  /** The refusal. */
  public Refusal build() {
    return refusal.setMessage(message.isEmpty() ? composed() : message).build();
  }

  /** The refusal, to be thrown. */
  public RefusedException toException() {
    return new RefusedException(build());
  }

  /**
   * The same refusal as seen from outside: its field, which was named within a part of a request,
   * is named within the whole. One without a field stays as it is.
   *
   * @param part the path of the part, such as {@code focus.views[2]}
   */
  public static Refusal within(String part, Refusal refusal) {
    String field = refusal.getField();
    if (field.isEmpty()) {
      return refusal;
    }
    String whole = part + "." + field;
    String message = refusal.getMessage();
    return refusal.toBuilder()
        .setField(whole)
        .setMessage(
            message.startsWith(field + ":") ? whole + message.substring(field.length()) : message)
        .build();
  }

  private String composed() {
    if (refusal.getField().isEmpty()) {
      return refusal.getReason().name();
    }
    String expected =
        refusal.getExpected().isEmpty() ? "" : " (expected: " + refusal.getExpected() + ")";
    return refusal.getField() + ": " + refusal.getValue() + expected;
  }
}
