package chat.starling.channel.lookup;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;

/** Names as they are compared: without regard to case and to forms of letters that look alike. */
public final class Folding {

  /** The order of the store's texts, which is that of their UTF-8. */
  public static final Comparator<String> ORDER =
      (one, other) -> Arrays.compareUnsigned(utf8(one), utf8(other));

  /** Of folded names, more tells nobody apart. */
  private static final int MOST_POINTS = 100;

  private static final String LAST_POINT = Character.toString(Character.MAX_CODE_POINT);

  private Folding() {}

  /** The name without what makes no difference; empty when nothing is left. */
  public static String fold(String name) {
    String plain = Normalizer.normalize(name, Normalizer.Form.NFKC);
    String folded = Normalizer.normalize(lower(plain), Normalizer.Form.NFKC).strip();
    int points = folded.codePointCount(0, folded.length());
    return points <= MOST_POINTS
        ? folded
        : folded.substring(0, folded.offsetByCodePoints(0, MOST_POINTS));
  }

  /** The first letter of a folded name that is not empty. */
  public static String initial(String folded) {
    return Character.toString(folded.codePointAt(0));
  }

  /** What comes after everything that begins so. */
  public static String end(String folded) {
    return folded + LAST_POINT;
  }

  /** Letter by letter: a sigma at the end of a beginning must be the one within the name. */
  private static String lower(String plain) {
    return plain
        .toUpperCase(Locale.ROOT)
        .codePoints()
        .map(Character::toLowerCase)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
