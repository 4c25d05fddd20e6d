package chat.starling.gateway.rpc;

import chat.starling.api.internal.v1.Filter;
import chat.starling.api.v1.Filters;
import chat.starling.api.v1.Reason;
import chat.starling.gateway.moderation.TextFilters;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.refusal.RefusedException;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;

/** Filters as clients have them, and as rows; a refusal is thrown. */
final class FilterRows {

  private static final int MOST = 100;
  private static final int LONGEST = 200;

  private FilterRows() {}

  /** The rows, words first. */
  static List<Filter> of(Filters filters) {
    int count = filters.getWordsCount() + filters.getPatternsCount();
    if (count > MOST) {
      throw Refuse.because(Reason.REASON_TOO_MANY)
          .field("filters")
          .value(count)
          .expected("at most " + MOST)
          .toException();
    }
    List<Filter> rows = new ArrayList<>();
    for (String word : filters.getWordsList()) {
      if (!TextFilters.isWord(word) || isTooLong(word)) {
        throw invalid("filters.words", word, "1.." + LONGEST + " letters and digits");
      }
      rows.add(Filter.newBuilder().setText(word).build());
    }
    int instructions = 0;
    for (String pattern : filters.getPatternsList()) {
      instructions += instructions(pattern);
      if (instructions > TextFilters.MOST_INSTRUCTIONS) {
        throw invalid("filters.patterns", pattern, "smaller patterns, or fewer repetitions");
      }
      rows.add(Filter.newBuilder().setText(pattern).setPattern(true).build());
    }
    return rows;
  }

  /** The filters in the rows. */
  static Filters shown(List<Filter> rows) {
    Filters.Builder filters = Filters.newBuilder();
    for (Filter row : rows) {
      if (row.getPattern()) {
        filters.addPatterns(row.getText());
      } else {
        filters.addWords(row.getText());
      }
    }
    return filters.build();
  }

  private static int instructions(String pattern) {
    if (pattern.isEmpty() || isTooLong(pattern)) {
      throw invalid("filters.patterns", pattern, "1.." + LONGEST + " code points");
    }
    try {
      return TextFilters.instructions(pattern);
    } catch (PatternSyntaxException e) {
      throw invalid("filters.patterns", pattern, "a regular expression of RE2");
    }
  }

  private static boolean isTooLong(String text) {
    return text.codePointCount(0, text.length()) > LONGEST;
  }

  private static RefusedException invalid(String field, String value, String expected) {
    return Refuse.because(Reason.REASON_FILTER_INVALID)
        .field(field)
        .value(value)
        .expected(expected)
        .toException();
  }
}
