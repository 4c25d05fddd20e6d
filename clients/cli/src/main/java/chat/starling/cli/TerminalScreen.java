package chat.starling.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jline.reader.Completer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.reader.impl.history.DefaultHistory;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jspecify.annotations.Nullable;

/** A screen with line editing: messages appear above the line that is being typed. */
final class TerminalScreen implements Screen {
  private final Terminal terminal;
  private final Reader reader;
  private final Transcript shown = new Transcript();
  private volatile String prompt = "› ";

  /**
   * @param historyFile where typed lines are kept
   */
  TerminalScreen(Terminal terminal, Path historyFile, Completer completer) throws IOException {
    this.terminal = terminal;
    this.reader = new Reader(terminal);
    Files.createDirectories(historyFile.toAbsolutePath().getParent());
    reader.setVariable(LineReader.HISTORY_FILE, historyFile);
    reader.setHistory(new DefaultHistory(reader));
    reader.setCompleter(completer);
    DefaultParser words = new DefaultParser();
    words.setEscapeChars(new char[0]);
    words.setQuoteChars(new char[0]);
    reader.setParser(words);
    reader.setOpt(LineReader.Option.DISABLE_EVENT_EXPANSION);
    reader.setOpt(LineReader.Option.ERASE_LINE_ON_FINISH);
  }

  @Override
  public void print(AttributedString line) {
    print(Transcript.NO_KEY, line);
  }

  @Override
  public void print(long key, AttributedString line) {
    synchronized (shown) {
      shown.add(key, line);
      reader.printAbove(line);
    }
  }

  /** A terminal takes nothing back: all that it shows is cleared, and shown again as it is now. */
  @Override
  public void replace(long key, AttributedString line) {
    synchronized (shown) {
      if (shown.replace(key, line)) {
        reader.showAgain(shown.last(terminal.getSize().getRows()).toList());
      }
    }
  }

  @Override
  public void prompt(List<AttributedString> pending, String channel, boolean connected) {
    AttributedStringBuilder text = new AttributedStringBuilder();
    pending.forEach(line -> text.append(line).append("\n"));
    int colour = connected ? AttributedStyle.GREEN : AttributedStyle.RED;
    text.styled(AttributedStyle.DEFAULT.foreground(colour), connected ? "● " : "○ ");
    text.styled(AttributedStyle.BOLD, "#" + channel).append(" › ");
    prompt = text.toAnsi(terminal).replace("%", "%%");
    reader.change(prompt);
  }

  @Override
  public @Nullable String readLine() {
    try {
      return reader.readLine(prompt);
    } catch (UserInterruptException e) {
      return e.getPartialLine().isEmpty() ? null : "";
    } catch (EndOfFileException e) {
      return null;
    }
  }

  @Override
  public boolean confirm(String question) {
    try {
      String answer = reader.readLine(question.replace("%", "%%") + " [y/N] ");
      return answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    } catch (UserInterruptException | EndOfFileException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      terminal.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** A line reader whose prompt may change while somebody types. */
  private static final class Reader extends LineReaderImpl {
    /** Xterm's, which nearly all terminals know and the others pass over. */
    private static final String CLEAR_SCROLLED_OFF = "\033[3J";

    Reader(Terminal terminal) throws IOException {
      super(terminal, "starling");
    }

    /** Clears the screen, and what has scrolled off it where the terminal can do that. */
    void showAgain(List<AttributedString> lines) {
      lock.lock();
      try {
        if (reading) {
          terminal.writer().write(CLEAR_SCROLLED_OFF);
          clearScreen();
        }
        lines.forEach(this::printAbove);
      } finally {
        lock.unlock();
      }
    }

    void change(String text) {
      lock.lock();
      try {
        if (reading) {
          setPrompt(text);
          redisplay();
        }
      } finally {
        lock.unlock();
      }
    }
  }
}
