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

  /**
   * Instructions of all patterns together, each of which may look at each character once. It is
   * done on the loop that many sessions share.
   */
  public static final int MOST_INSTRUCTIONS = 1_000;

  /** Looks of instructions at characters that cost about as much as a message does otherwise. */
  private static final long LOOKS_A_MESSAGE = 40_000;

  private final Set<String> words;
  private final List<Pattern> patterns;
  private final long instructions;

  private TextFilters(Set<String> words, List<Pattern> patterns) {
    this.words = Set.copyOf(words);
    this.patterns = List.copyOf(patterns);
    this.instructions = patterns.stream().mapToLong(Pattern::programSize).sum();
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
      return PatternSize.of(pattern) > MOST_INSTRUCTIONS
          ? Optional.empty()
          : Optional.of(compile(pattern));
    } catch (PatternSyntaxException e) {
      return Optional.empty();
    }
  }

  /**
   * The instructions that the pattern takes; one that takes far too many is not compiled.
   *
   * @throws PatternSyntaxException when it is none
   */
  public static int instructions(String pattern) {
    long size = PatternSize.of(pattern);
    return size > MOST_INSTRUCTIONS
        ? (int) Math.min(Integer.MAX_VALUE / 2, size)
        : compile(pattern).programSize();
  }

  /** Whether the word can be one in a text. */
  public static boolean isWord(String word) {
    return !word.isEmpty() && word.codePoints().allMatch(Character::isLetterOrDigit);
  }

  /** Whether the text has anything that may not be said. */
  public boolean stop(String text) {
    return (!words.isEmpty() && hasWord(text)) || (!patterns.isEmpty() && hasPattern(text));
  }

  /**
   * As how many messages one with this text counts, 1 or more: who sets patterns that take long,
   * and sends what they take long for, sends less.
   */
  public int weight(String text) {
    return 1 + (int) (instructions * text.length() / LOOKS_A_MESSAGE);
  }

  private boolean hasPattern(String text) {
    return patterns.stream().anyMatch(pattern -> pattern.matcher(text).find());
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
