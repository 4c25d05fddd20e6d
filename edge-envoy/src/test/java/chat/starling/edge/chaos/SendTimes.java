package chat.starling.edge.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongPredicate;

/** How long each sender waited for each answer. Times are in nanoseconds of one clock. */
final class SendTimes {

  /**
   * From a moment to a later one, both included.
   *
   * @param from its beginning
   * @param to its end
   */
  record Span(long from, long to) {

    boolean meets(Span other) {
      return from <= other.to && other.from <= to;
    }

    Duration length() {
      return Duration.ofNanos(to - from);
    }
  }

  private record Send(long channel, Span waited) {}

  private final Queue<Send> sends = new ConcurrentLinkedQueue<>();

  /** A sender has its answer. */
  void add(long channel, Span waited) {
    sends.add(new Send(channel, waited));
  }

  /** The longest wait in such channels that was under way at any moment of the span. */
  Duration longestDuring(Span span, LongPredicate channels) {
    return sends.stream()
        .filter(send -> channels.test(send.channel()) && send.waited().meets(span))
        .map(send -> send.waited().length())
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  /** The longest wait that was under way in none of the spans. */
  Duration longestOutside(List<Span> spans) {
    return sends.stream()
        .map(Send::waited)
        .filter(waited -> spans.stream().noneMatch(waited::meets))
        .map(Span::length)
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }
}
