package chat.starling.gateway.rpc;

import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.gateway.administration.Terms;
import chat.starling.gateway.session.Rules;
import chat.starling.gateway.signin.Identity;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.refusal.RefusedException;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import java.util.Optional;

/** What is right and wrong in unary requests; a refusal is thrown. */
final class Requests {

  private Requests() {}

  /** The id, which must be positive. */
  static long id(String field, long id) {
    require(Rules.id(field, id));
    return id;
  }

  /** The page size, which must be in range when the caller gives one. */
  static int pageSize(boolean given, int size, int byDefault) {
    if (!given) {
      return byDefault;
    }
    require(Rules.pageSize("page_size", size));
    return size;
  }

  /** The length of a list, which must be in range. */
  static void count(String field, int count, int most) {
    require(Rules.count(field, count, most));
  }

  /** The number, which must be 1 or more and at most this. */
  static void within(String field, int number, int most, String unit) {
    if (number < 1 || number > most) {
      throw Refuse.because(Reason.REASON_OUT_OF_RANGE)
          .field(field)
          .value((number + " " + unit).strip())
          .expected(("1.." + most + " " + unit).strip())
          .toException();
    }
  }

  /** The workspace's id, which the caller's token must admit to. */
  static long workspace(Identity identity, long workspaceId) {
    id("workspace_id", workspaceId);
    if (!identity.admitsTo(workspaceId)) {
      throw Refuse.because(Reason.REASON_NOT_IN_WORKSPACE)
          .field("workspace_id")
          .value(workspaceId)
          .expected("a workspace that the token admits to")
          .toException();
    }
    return workspaceId;
  }

  /** What the fields request_id, expected_version and reason say, as far as a change has them. */
  static Terms terms(Message request, String traceparent) {
    return new Terms(
        (ByteString) field(request, "request_id", ByteString.EMPTY),
        version((Long) field(request, "expected_version", 0L)),
        (String) field(request, "reason", ""),
        traceparent);
  }

  private static Object field(Message request, String name, Object absent) {
    FieldDescriptor field = request.getDescriptorForType().findFieldByName(name);
    return field == null ? absent : request.getField(field);
  }

  private static long version(long version) {
    if (version < 0) {
      throw Refuse.because(Reason.REASON_OUT_OF_RANGE)
          .field("expected_version")
          .value(version)
          .expected("0 or more")
          .toException();
    }
    return version;
  }

  /** The time in milliseconds of the epoch, which must be one that a Timestamp can say. */
  static long millis(String field, Timestamp time) {
    if (!Timestamps.isValid(time)) {
      throw Refuse.because(Reason.REASON_OUT_OF_RANGE)
          .field(field)
          .value(time.getSeconds() + " s " + time.getNanos() + " ns")
          .expected("a time of the years 1 to 9999")
          .toException();
    }
    return Timestamps.toMillis(time);
  }

  /** That there is no refusal. */
  static void require(Optional<Refusal> refusal) {
    if (refusal.isPresent()) {
      throw new RefusedException(refusal.get());
    }
  }
}
