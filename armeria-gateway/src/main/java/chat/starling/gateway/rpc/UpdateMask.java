package chat.starling.gateway.rpc;

import chat.starling.api.v1.Reason;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.refusal.RefusedException;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which fields of a request are to be changed. */
final class UpdateMask {

  private UpdateMask() {}

  /**
   * The names of the fields that the mask names, of those that may change; without a mask those
   * that are set. Refuses with FIELD_MASK when a path is none of them, or when nothing changes.
   */
  static Set<String> fields(Message request, FieldMask mask, List<String> changeable) {
    Set<String> fields = new TreeSet<>(mask.getPathsList());
    for (String field : fields) {
      if (!changeable.contains(field)) {
        throw refusal(field, changeable);
      }
    }
    if (fields.isEmpty()) {
      changeable.stream().filter(field -> isSet(request, field)).forEach(fields::add);
    }
    if (fields.isEmpty()) {
      throw refusal("", changeable);
    }
    return fields;
  }

  private static boolean isSet(Message request, String field) {
    return request.hasField(request.getDescriptorForType().findFieldByName(field));
  }

  private static RefusedException refusal(String path, List<String> changeable) {
    return Refuse.because(Reason.REASON_FIELD_MASK)
        .field("update_mask")
        .value(path)
        .expected("one or more of " + String.join(", ", changeable))
        .toException();
  }
}
