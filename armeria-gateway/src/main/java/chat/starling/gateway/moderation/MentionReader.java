package chat.starling.gateway.moderation;

import chat.starling.api.v1.Mentions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds in a text whom it mentions, in one pass. */
public final class MentionReader {

  private static final int MOST_USERS = 50;
  private static final int MOST_DIGITS = 19;
  private static final List<String> EVERYONE = List.of("everyone", "channel", "here");

  private final String text;
  private final Set<Long> users = new LinkedHashSet<>();
  private boolean everyone;

  private MentionReader(String text) {
    this.text = text;
  }

  /**
   * Whom the text mentions.
   *
   * @param mayMentionEveryone whether its author may; the words for it are mere text otherwise
   */
  public static Mentions in(String text, boolean mayMentionEveryone) {
    int at = text.indexOf('@');
    if (at < 0) {
      return Mentions.getDefaultInstance();
    }
    MentionReader reader = new MentionReader(text);
    for (; at >= 0; at = text.indexOf('@', at + 1)) {
      reader.look(at);
    }
    return Mentions.newBuilder()
        .addAllUserIds(reader.users)
        .setEveryone(reader.everyone && mayMentionEveryone)
        .build();
  }

  private void look(int at) {
    if (at > 0 && text.charAt(at - 1) == '<') {
      lookForUser(at + 1);
    } else if (at == 0 || !isWordBefore(at)) {
      everyone |= EVERYONE.stream().anyMatch(word -> isWordAt(at + 1, word));
    }
  }

  private void lookForUser(int from) {
    int end = from;
    while (end < text.length() && end - from <= MOST_DIGITS && isDigit(text.charAt(end))) {
      end++;
    }
    if (end > from
        && end - from <= MOST_DIGITS
        && end < text.length()
        && text.charAt(end) == '>'
        && users.size() < MOST_USERS) {
      add(text.substring(from, end));
    }
  }

  private void add(String digits) {
    try {
      long user = Long.parseLong(digits);
      if (user > 0) {
        users.add(user);
      }
    } catch (NumberFormatException e) {
      // larger than any id
    }
  }

  private boolean isWordAt(int from, String word) {
    int end = from + word.length();
    return text.startsWith(word, from)
        && (end == text.length() || !isWordPart(text.codePointAt(end)));
  }

  private boolean isWordBefore(int at) {
    int before = text.codePointBefore(at);
    return before == '@' || isWordPart(before);
  }

  private static boolean isWordPart(int codePoint) {
    return codePoint == '_' || Character.isLetterOrDigit(codePoint);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
