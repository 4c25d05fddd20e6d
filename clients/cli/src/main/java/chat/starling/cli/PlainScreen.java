package chat.starling.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jspecify.annotations.Nullable;

/** A screen for pipes and files: lines in, lines out, no prompt and no colours. */
final class PlainScreen implements Screen {
  private final BufferedReader in;
  private final PrintWriter out;

  PlainScreen(BufferedReader in, PrintWriter out) {
    this.in = in;
    this.out = out;
  }

  @Override
  public void print(AttributedString line) {
    out.println(line);
    out.flush();
  }

  @Override
  public void print(long key, AttributedString line) {
    print(line);
  }

  /** What went down a pipe stays there; the new line comes after it. */
  @Override
  public void replace(long key, AttributedString line) {
    print(line);
  }

  @Override
  public void prompt(List<AttributedString> pending, String channel, boolean connected) {}

  @Override
  public @Nullable String readLine() {
    try {
      return in.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean confirm(String question) {
    return false;
  }

  @Override
  public void close() {
    out.flush();
  }
}
