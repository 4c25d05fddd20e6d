package chat.starling.cli;

import chat.starling.api.v1.Author;
import chat.starling.api.v1.Message;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** How messages and notices look on a terminal, and as plain text without its colours. */
final class Lines {
  private static final int[] COLOURS = {
    AttributedStyle.CYAN,
    AttributedStyle.GREEN,
    AttributedStyle.YELLOW,
    AttributedStyle.MAGENTA,
    AttributedStyle.BLUE,
    AttributedStyle.RED
  };
  private static final AttributedStyle DIM = AttributedStyle.DEFAULT.faint();
  private static final String INDENT = "      ";

  private final DateTimeFormatter time;

  /**
   * @param zone the time zone of the person who reads
   */
  Lines(ZoneId zone) {
    this.time = DateTimeFormatter.ofPattern("HH:mm").withZone(zone);
  }

  /** {@code 14:05 alice: text}; further lines of the text are indented. */
  AttributedString message(Message message) {
    return message(message, message.getAuthor().getDisplayName());
  }

  /** The same, with the author called so. */
  AttributedString message(Message message, String author) {
    Instant at =
        Instant.ofEpochSecond(
            message.getCreatedAt().getSeconds(), message.getCreatedAt().getNanos());
    return new AttributedStringBuilder()
        .styled(DIM, time.format(at) + " ")
        .styled(colour(message.getAuthor()), Plain.line(author))
        .append(": ")
        .append(indented(message.getText()))
        .toAttributedString();
  }

  /** A message that has no place in its channel yet. */
  AttributedString pending(String text) {
    return new AttributedString("  …   " + Plain.line(text), DIM);
  }

  /** Something that the program itself has to say. */
  AttributedString notice(String text) {
    return new AttributedString("  ·   " + Plain.line(text), DIM);
  }

  /** Something that went wrong. */
  AttributedString problem(String text) {
    return new AttributedString(
        "  !   " + indented(text), AttributedStyle.DEFAULT.foreground(AttributedStyle.RED));
  }

  private static AttributedStyle colour(Author author) {
    int colour = COLOURS[Math.floorMod(Long.hashCode(author.getUserId()), COLOURS.length)];
    return AttributedStyle.BOLD.foreground(colour);
  }

  private static String indented(String text) {
    return Plain.text(text).replace("\n", "\n" + INDENT);
  }
}
