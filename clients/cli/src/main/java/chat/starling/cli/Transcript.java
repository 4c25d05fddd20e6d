package chat.starling.cli;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.jline.utils.AttributedString;

/** The lines that were shown last, so that one of them can be shown otherwise. */
final class Transcript {

  /** No line is found by it. */
  static final long NO_KEY = 0;

  private static final int MOST = 500;

  private record Line(long key, AttributedString text) {}

  private Deque<Line> lines = new ArrayDeque<>();

  void add(long key, AttributedString text) {
    if (lines.size() == MOST) {
      lines.removeFirst();
    }
    lines.addLast(new Line(key, text));
  }

  /** Puts another text in the place of those with the key; whether there was one. */
  boolean replace(long key, AttributedString text) {
    List<Line> next = new ArrayList<>(lines.size());
    boolean found = false;
    for (Line line : lines) {
      boolean same = line.key == key && key != NO_KEY;
      found |= same;
      next.add(same ? new Line(key, text) : line);
    }
    lines = new ArrayDeque<>(next);
    return found;
  }

  /** The last lines, oldest first. */
  Stream<AttributedString> last(int count) {
    return lines.stream().skip(Math.max(0, lines.size() - count)).map(Line::text);
  }
}
