package chat.starling.channel.feed;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;

/**
 * How fast one channel may be written: each author in slow mode, and mentions of everyone. It holds
 * the authors of the last slow mode's length, and nothing as long as nobody has to wait. What was
 * written before that it knows as far as the hot tail tells it.
 */
final class Pace {

  /** Beyond so many authors within one slow mode's length the oldest may write early. */
  private static final int MOST_AUTHORS = 100_000;

  private static final long NEVER = Long.MIN_VALUE / 2;

  private final LinkedHashMap<Long, Long> written = new LinkedHashMap<>();
  private final HotTail tail;
  private long everyoneMentioned = NEVER;
  private boolean loaded;

  Pace(HotTail tail) {
    this.tail = tail;
  }

  /** Begins anew: the tail holds other entries. */
  void reset() {
    written.clear();
    everyoneMentioned = NEVER;
    loaded = false;
  }

  private void load() {
    loaded = true;
    for (FeedEntry entry : tail.slice(tail.first(), tail.next())) {
      if (entry.posts()) {
        var message = entry.parsedMessage();
        written.putLast(message.getAuthor().getUserId(), entry.createdMillis());
        if (message.getMentions().getEveryone()) {
          everyoneMentioned = entry.createdMillis();
        }
      }
    }
  }

  /** How long the append has to wait in slow mode; zero or less when it need not. */
  Duration slow(Append append, long now) {
    if (!loaded && !append.restraint().equals(Restraint.NONE)) {
      load();
    }
    int seconds = append.restraint().slowModeSeconds();
    Long last = seconds == 0 ? null : written.get(append.author().getUserId());
    return last == null ? Duration.ZERO : left(last, seconds, now);
  }

  /** The same since everyone was mentioned; asked after {@link #slow}. */
  Duration mention(Append append, long now) {
    Restraint restraint = append.restraint();
    return restraint.mentions().getEveryone()
        ? left(everyoneMentioned, restraint.mentionSeconds(), now)
        : Duration.ZERO;
  }

  /** The append is on its way into the feed. */
  void given(Append append, long now) {
    Restraint restraint = append.restraint();
    if (restraint.mentions().getEveryone()) {
      everyoneMentioned = now;
    }
    if (restraint.slowModeSeconds() > 0) {
      written.putLast(append.author().getUserId(), now);
      trim(now - restraint.slowModeSeconds() * 1_000L);
    }
  }

  private void trim(long oldest) {
    Iterator<Long> times = written.values().iterator();
    while (times.hasNext() && (times.next() <= oldest || written.size() > MOST_AUTHORS)) {
      times.remove();
    }
  }

  private static Duration left(long last, int seconds, long now) {
    return Duration.ofMillis(last + seconds * 1_000L - now);
  }
}
