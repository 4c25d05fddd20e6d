package chat.starling.gateway.session;

import chat.starling.api.v1.Backfill;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.api.v1.Send;
import chat.starling.api.v1.View;
import chat.starling.platform.refusal.Refuse;
import com.google.protobuf.ByteString;
import java.util.Optional;

/** What is right and wrong in a client's frames, as far as the frame alone can tell. */
public final class Rules {

  /** Code points of a message at most. */
  public static final int MAX_TEXT = 4000;

  /** Bytes of a nonce. */
  public static final int NONCE_LENGTH = 16;

  /** Events or messages of a page at most. */
  public static final int MAX_PAGE = 1000;

  private static final int DEFAULT_BACKFILL = 100;

  private Rules() {}

  /** What is wrong with a send, by field of Send; empty when nothing is. */
  public static Optional<Refusal> check(Send send) {
    return id("channel_id", send.getChannelId())
        .or(() -> nonce(send.getNonce()))
        .or(() -> text(send.getText()));
  }

  /** What is wrong with a backfill, by field of Backfill; empty when nothing is. */
  public static Optional<Refusal> check(Backfill backfill) {
    return id("channel_id", backfill.getChannelId())
        .or(() -> seq("after_seq", backfill.getAfterSeq()))
        .or(() ->
            backfill.hasPageSize()
                ? pageSize("page_size", backfill.getPageSize())
                : Optional.empty());
  }

  /** The page size that a backfill asks for or leaves to us. */
  public static int pageSize(Backfill backfill) {
    return backfill.hasPageSize() ? backfill.getPageSize() : DEFAULT_BACKFILL;
  }

  /** What is wrong with one channel of a focus, by field of View; empty when nothing is. */
  public static Optional<Refusal> check(View view) {
    return id("channel_id", view.getChannelId())
        .or(() -> view.hasAfterSeq() ? seq("after_seq", view.getAfterSeq()) : Optional.empty());
  }

  /** A list longer than allowed; empty when it is not. */
  public static Optional<Refusal> count(String field, int count, int max) {
    return count <= max
        ? Optional.empty()
        : Optional.of(
            Refuse.because(Reason.REASON_TOO_MANY)
                .field(field)
                .value(count)
                .expected("at most " + max)
                .build());
  }

  /** A page size out of its range; empty when it is in it. */
  public static Optional<Refusal> pageSize(String field, int size) {
    return size >= 1 && size <= MAX_PAGE
        ? Optional.empty()
        : Optional.of(
            Refuse.because(Reason.REASON_PAGE_SIZE)
                .field(field)
                .value(size)
                .expected("1.." + MAX_PAGE)
                .build());
  }

  /** An id that is not positive; empty when it is. */
  public static Optional<Refusal> id(String field, long id) {
    return range(field, id, 1, "a positive 64-bit number");
  }

  private static Optional<Refusal> seq(String field, long seq) {
    return range(field, seq, 0, "0 or more");
  }

  private static Optional<Refusal> range(String field, long number, long min, String expected) {
    return number >= min
        ? Optional.empty()
        : Optional.of(
            Refuse.because(Reason.REASON_OUT_OF_RANGE)
                .field(field)
                .value(number)
                .expected(expected)
                .build());
  }

  private static Optional<Refusal> nonce(ByteString nonce) {
    if (nonce.size() == NONCE_LENGTH) {
      return Optional.empty();
    }
    Reason reason = nonce.isEmpty() ? Reason.REASON_NONCE_MISSING : Reason.REASON_NONCE_LENGTH;
    return Optional.of(
        Refuse.because(reason)
            .field("nonce")
            .value(nonce.size() + " bytes")
            .expected(NONCE_LENGTH + " bytes")
            .build());
  }

  private static Optional<Refusal> text(String text) {
    if (isBlank(text)) {
      return Optional.of(textRefusal(Reason.REASON_TEXT_EMPTY, text, "not only white space"));
    }
    int points = text.codePointCount(0, text.length());
    return points <= MAX_TEXT
        ? Optional.empty()
        : Optional.of(
            textRefusal(Reason.REASON_TEXT_TOO_LONG, points + " code points", "not more"));
  }

  private static Refusal textRefusal(Reason reason, String value, String hint) {
    return Refuse.because(reason)
        .field("text")
        .value(value)
        .expected("1.." + MAX_TEXT + " code points, " + hint)
        .build();
  }

  /** Wider than Java's isBlank, which lets no-break spaces pass. */
  private static boolean isBlank(String text) {
    return text.codePoints()
        .allMatch(point -> Character.isWhitespace(point) || Character.isSpaceChar(point));
  }
}
