package chat.starling.gateway.moderation;

import chat.starling.api.internal.v1.Filter;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What may not be said in a workspace, compiled. Looking through a text takes time in proportion to
 * the text's length times the size of the patterns, whatever both are. Immutable.
 */
public final class TextFilters {

  /** No filters. */
  public static final TextFilters NONE = new TextFilters(Set.of(), List.of());

  /** Instructions of all patterns together, each of which may look at each character once. */
  public static final int MOST_INSTRUCTIONS = 5_000;

  private final Set<String> words;
  private final List<Pattern> patterns;

  private TextFilters(Set<String> words, List<Pattern> patterns) {
    this.words = Set.copyOf(words);
    this.patterns = List.copyOf(patterns);
  }

  /** These filters, checked when they were set; one that cannot be used lets everything through. */
  public static TextFilters of(List<Filter> filters) {
    if (filters.isEmpty()) {
      return NONE;
    }
    Set<String> words = new HashSet<>();
    List<Pattern> patterns = new ArrayList<>();
    for (Filter filter : filters) {
      if (filter.getPattern()) {
        usable(filter.getText()).ifPresent(patterns::add);
      } else {
        words.add(filter.getText().toLowerCase(Locale.ROOT));
      }
    }
    return new TextFilters(words, patterns);
  }

  private static Optional<Pattern> usable(String pattern) {
    try {
      return Optional.of(compile(pattern));
    } catch (PatternSyntaxException e) {
      return Optional.empty();
    }
  }

  /**
   * The instructions that the pattern takes.
   *
   * @throws PatternSyntaxException when it is none
   */
  public static int instructions(String pattern) {
    return compile(pattern).programSize();
  }

  /** Whether the word can be one in a text. */
  public static boolean isWord(String word) {
    return !word.isEmpty() && word.codePoints().allMatch(Character::isLetterOrDigit);
  }

  /** Whether the text has anything that may not be said. */
  public boolean stop(String text) {
    return (!words.isEmpty() && hasWord(text))
        || patterns.stream().anyMatch(pattern -> pattern.matcher(text).find());
  }

  private boolean hasWord(String text) {
    int at = 0;
    while (at < text.length()) {
      int end = at;
      while (end < text.length() && Character.isLetterOrDigit(text.codePointAt(end))) {
        end += Character.charCount(text.codePointAt(end));
      }
      if (end > at && words.contains(text.substring(at, end).toLowerCase(Locale.ROOT))) {
        return true;
      }
      at = end > at ? end : at + Character.charCount(text.codePointAt(at));
    }
    return false;
  }

  private static Pattern compile(String pattern) {
    return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
  }
}
