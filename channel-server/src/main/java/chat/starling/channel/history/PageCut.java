package chat.starling.channel.history;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Cuts a page out of a channel's past: outward from a point, a message to either side in turn,
 * until each side has as many as it may or the next would make the page too heavy.
 */
final class PageCut {

  /** What a message costs beside its own bytes in an answer that lists it. */
  private static final int OVERHEAD = 5;

  private final Deque<StoredMessage> page = new ArrayDeque<>();
  private final int maxBytes;
  private int bytes;

  private PageCut(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /**
   * The page; it holds at least one message if there is any, and one side gets what the other
   * leaves of the bytes.
   *
   * @param below the messages below the point, newest first, one more than asked for if there are
   * @param older so many of them at most
   * @param from the messages from the point on, oldest first, one more than asked for if there are
   * @param newer so many of them at most
   * @param maxBytes of the page's messages
   */
  static HistoryPage of(
      List<StoredMessage> below, int older, List<StoredMessage> from, int newer, int maxBytes) {
    PageCut cut = new PageCut(maxBytes);
    int up = 0;
    int down = 0;
    boolean upward = newer > 0;
    boolean downward = older > 0;
    while (upward || downward) {
      upward = upward && up < Math.min(newer, from.size()) && cut.fits(from.get(up));
      if (upward) {
        cut.page.addLast(from.get(up++));
      }
      downward = downward && down < Math.min(older, below.size()) && cut.fits(below.get(down));
      if (downward) {
        cut.page.addFirst(below.get(down++));
      }
    }
    return new HistoryPage(List.copyOf(cut.page), down < below.size(), up < from.size());
  }

  /** Takes the message's bytes if there is room for them. */
  private boolean fits(StoredMessage message) {
    int more = message.message().size() + OVERHEAD;
    if (!page.isEmpty() && bytes + more > maxBytes) {
      return false;
    }
    bytes += more;
    return true;
  }
}
