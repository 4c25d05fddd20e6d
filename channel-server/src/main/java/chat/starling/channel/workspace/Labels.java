package chat.starling.channel.workspace;

import chat.starling.api.v1.Reason;
import chat.starling.platform.refusal.Refuse;

/** The rules for what people read: names of workspaces, roles and members, and topics. */
final class Labels {

  private static final int MOST = 100;
  private static final int LONGEST_TOPIC = 250;

  private Labels() {}

  /** The name, when it is one; refuses with NAME_INVALID otherwise. */
  static String name(String field, String name) {
    return checked(field, name, 1);
  }

  /** The nickname, which may be empty. */
  static String nickname(String field, String name) {
    return name.isEmpty() ? name : checked(field, name, 0);
  }

  /** The topic, which may be empty; refuses with TEXT_TOO_LONG. */
  static String topic(String field, String topic) {
    int length = topic.codePointCount(0, topic.length());
    if (length > LONGEST_TOPIC) {
      throw Refuse.because(Reason.REASON_TEXT_TOO_LONG)
          .field(field)
          .value(length + " code points")
          .expected("0.." + LONGEST_TOPIC + " code points")
          .toException();
    }
    return topic;
  }

  private static String checked(String field, String name, int least) {
    boolean plain =
        name.codePoints()
            .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
    int length = name.codePointCount(0, name.length());
    if (!plain || length > MOST || name.isBlank() || !name.strip().equals(name)) {
      throw Refuse.because(Reason.REASON_NAME_INVALID)
          .field(field)
          .value(name)
          .expected(
              least
                  + ".."
                  + MOST
                  + " code points, no control or format characters, no space at either end")
          .toException();
    }
    return name;
  }
}
