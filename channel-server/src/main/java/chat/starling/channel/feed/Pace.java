package chat.starling.channel.feed;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;

/**
 * How fast one channel may be written: each author in slow mode, and mentions of everyone. Once
 * somebody had to wait it holds the authors of a slow mode's length, and before that nothing. What
 * was written before that it knows as far as the hot tail tells it.
 */
final class Pace {

  /** Beyond so many authors within one slow mode's length the oldest may write early. */
  private static final int MOST_AUTHORS = 100_000;

  private static final long NEVER = Long.MIN_VALUE / 2;

  private final LinkedHashMap<Long, Long> written = new LinkedHashMap<>();
  private final HotTail tail;
  private long everyoneMentioned = NEVER;
  private boolean authorsKnown;
  private boolean mentionsKnown;
  private long slowMillis;

  Pace(HotTail tail) {
    this.tail = tail;
  }

  /** Begins anew: the tail holds other entries. */
  void reset() {
    written.clear();
    everyoneMentioned = NEVER;
    authorsKnown = false;
    mentionsKnown = false;
  }

  /** How long the append has to wait in slow mode; zero or less when it need not. */
  Duration slow(Append append, long now) {
    int seconds = append.restraint().slowModeSeconds();
    if (seconds == 0) {
      return Duration.ZERO;
    }
    if (!authorsKnown) {
      authorsKnown = true;
      learnAuthors();
    }
    slowMillis = seconds * 1_000L;
    Long last = written.get(append.author().getUserId());
    return last == null ? Duration.ZERO : left(last, seconds, now);
  }

  /** The same since everyone was mentioned. */
  Duration mention(Append append, long now) {
    Restraint restraint = append.restraint();
    if (!restraint.mentions().getEveryone()) {
      return Duration.ZERO;
    }
    if (!mentionsKnown) {
      mentionsKnown = true;
      learnMentions();
    }
    return left(everyoneMentioned, restraint.mentionSeconds(), now);
  }

  /** The append, which has been asked for, is on its way into the feed. */
  void given(Append append, long now) {
    if (append.restraint().mentions().getEveryone()) {
      everyoneMentioned = now;
    }
    if (authorsKnown && append.deletion() == null) {
      written.putLast(append.author().getUserId(), now);
      trim(now - slowMillis);
    }
  }

  private void learnAuthors() {
    for (FeedEntry entry : tail.slice(tail.first(), tail.next())) {
      if (entry.posts()) {
        written.putLast(entry.parsedMessage().getAuthor().getUserId(), entry.createdMillis());
      }
    }
  }

  private void learnMentions() {
    for (FeedEntry entry : tail.slice(tail.first(), tail.next())) {
      if (entry.posts() && entry.parsedMessage().getMentions().getEveryone()) {
        everyoneMentioned = entry.createdMillis();
      }
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
