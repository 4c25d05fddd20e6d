package chat.starling.channel.directory;

import chat.starling.api.v1.Reason;
import chat.starling.platform.refusal.Refuse;
import java.util.regex.Pattern;

/** The rule for channel names. */
public final class ChannelName {

  private static final Pattern RULE = Pattern.compile("[a-z0-9][a-z0-9_-]{0,79}");

  private ChannelName() {}

  /**
   * The name, when it is one.
   *
   * @throws chat.starling.platform.refusal.RefusedException with NAME_INVALID otherwise
   */
  public static String check(String name) {
    if (!RULE.matcher(name).matches()) {
      throw Refuse.because(Reason.REASON_NAME_INVALID)
          .field("name")
          .value(name)
          .expected("1..80 of a-z 0-9 - _, beginning with a letter or digit")
          .toException();
    }
    return name;
  }
}
