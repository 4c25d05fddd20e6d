package chat.starling.edge.crowd;

import java.util.List;
import java.util.Random;

/** Message texts as people write them: many scripts, emoji, one word or 4,000 characters. */
public final class Texts {

  private static final int LONGEST = 4000;
  private static final List<String> WORDS =
      List.of(
          "starling",
          "größer",
          "déjà",
          "звезда",
          "αστέρι",
          "椋鳥",
          "찌르레기",
          "สวัสดี",
          "नमस्ते",
          "שלום",
          "مرحبا",
          "🐦",
          "👩‍👩‍👧‍👦",
          "🏳️‍🌈",
          "e\u0301",
          "\u200Fרת\u200E",
          "\"quoted\"",
          "<b>",
          "\\n",
          "a\tb",
          "line\nbreak",
          "𝔘𝔫𝔦",
          "🇫🇷");

  private final Random random;

  /** The same seed, the same texts. */
  public Texts(long seed) {
    random = new Random(seed);
  }

  /** The next text; one in a hundred has exactly the largest length. */
  public String next() {
    return random.nextInt(100) == 0 ? longest() : words(1 + random.nextInt(12));
  }

  /** The next text with this before it, so that no other is like it. */
  public String next(String mark) {
    String text = mark + " " + next();
    int length = Math.min(LONGEST, text.codePointCount(0, text.length()));
    return text.substring(0, text.offsetByCodePoints(0, length));
  }

  private String longest() {
    String word = WORDS.get(random.nextInt(WORDS.size()));
    StringBuilder text = new StringBuilder();
    while (text.codePointCount(0, text.length()) < LONGEST) {
      text.append(word);
    }
    return text.substring(0, text.offsetByCodePoints(0, LONGEST));
  }

  private String words(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : " ").append(WORDS.get(random.nextInt(WORDS.size())));
    }
    return text.toString();
  }
}
