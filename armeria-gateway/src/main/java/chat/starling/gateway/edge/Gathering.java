package chat.starling.gateway.edge;

import chat.starling.api.v1.Reason;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.refusal.RefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes few calls of many questions. Questions go out at once as long as few calls are under way;
 * then they wait for one of these to end, and go together. So a call is as large as the load makes
 * it, and nobody waits for a timer. From any thread.
 *
 * @param <K> what is asked about
 * @param <V> what is answered of it
 */
public final class Gathering<K, V> {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Bounds bounds;
  private final Function<List<K>, CompletableFuture<Map<K, V>>> call;
  private final Map<K, CompletableFuture<Optional<V>>> waiting = new LinkedHashMap<>();
  private int underWay;

  /**
   * How much is asked.
   *
   * @param keys of one call
   * @param calls under way at once
   * @param waiting keys that wait for a call at most; more are refused with OVERLOADED
   */
  public record Bounds(int keys, int calls, int waiting) {}

  private record Call<K, V>(Map<K, CompletableFuture<Optional<V>>> questions) {}

  /**
   * @param call answers all keys of which there is something, and leaves the others out
   */
  public Gathering(Bounds bounds, Function<List<K>, CompletableFuture<Map<K, V>>> call) {
    this.bounds = bounds;
    this.call = call;
  }

  /**
   * Asks about all of these; completes with an answer for each, empty where there is nothing. Fails
   * when one of the calls does. What is asked now is not answered by a call that is under way.
   */
  public CompletableFuture<Map<K, Optional<V>>> ask(Collection<? extends K> keys) {
    Map<K, CompletableFuture<Optional<V>>> mine = new HashMap<>();
    List<Call<K, V>> due;
    synchronized (this) {
      if (waiting.size() + keys.size() > bounds.waiting()) {
        return CompletableFuture.failedFuture(overloaded());
      }
      keys.forEach(
          key -> mine.put(key, waiting.computeIfAbsent(key, k -> new CompletableFuture<>())));
      due = due();
    }
    due.forEach(this::make);
    return CompletableFuture.allOf(mine.values().toArray(CompletableFuture<?>[]::new))
        .thenApply(done -> {
          Map<K, Optional<V>> answers = new HashMap<>();
          mine.forEach((key, answer) -> answers.put(key, answer.join()));
          return answers;
        });
  }

  private List<Call<K, V>> due() {
    List<Call<K, V>> due = new ArrayList<>();
    while (underWay < bounds.calls() && !waiting.isEmpty()) {
      Map<K, CompletableFuture<Optional<V>>> questions = new LinkedHashMap<>();
      var first = waiting.entrySet().iterator();
      while (first.hasNext() && questions.size() < bounds.keys()) {
        take(first, questions);
      }
      underWay++;
      due.add(new Call<>(questions));
    }
    return due;
  }

  private static <K, T> void take(Iterator<Map.Entry<K, T>> first, Map<K, T> to) {
    Map.Entry<K, T> one = first.next();
    to.put(one.getKey(), one.getValue());
    first.remove();
  }

  private void make(Call<K, V> due) {
    CompletableFuture<Map<K, V>> answer;
    try {
      answer = call.apply(List.copyOf(due.questions().keySet()));
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    var _ = answer.whenComplete((found, fault) -> ended(due, found, fault));
  }

  private void ended(Call<K, V> made, @Nullable Map<K, V> found, @Nullable Throwable fault) {
    List<Call<K, V>> due;
    synchronized (this) {
      underWay--;
      due = due();
    }
    due.forEach(this::make);
    made.questions()
        .forEach((key, question) -> {
          if (found != null) {
            question.complete(Optional.ofNullable(found.get(key)));
          } else {
            question.completeExceptionally(
                fault != null ? fault : new IllegalStateException("a call without an answer"));
          }
        });
  }

  private static RefusedException overloaded() {
    return Refuse.because(Reason.REASON_OVERLOADED)
        .retryAfter(RETRY_AFTER)
        .message("too much is being looked up")
        .toException();
  }
}
