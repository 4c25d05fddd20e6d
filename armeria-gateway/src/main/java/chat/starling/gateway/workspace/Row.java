package chat.starling.gateway.workspace;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A row that is read once, however many wait for it, and then kept true by changes. One that was
 * changed while it was read may be older than the change, so it is read again. For all threads;
 * {@link #now} takes no lock.
 */
final class Row<T> {

  private final Supplier<CompletableFuture<T>> read;
  private volatile @Nullable T value;
  private @Nullable CompletableFuture<T> reading;
  private long changes;

  Row(Supplier<CompletableFuture<T>> read) {
    this.read = read;
  }

  /** The row as it is now; null when it is not known. */
  @Nullable T now() {
    return value;
  }

  /** The row, read if it is not known. */
  CompletableFuture<T> get() {
    CompletableFuture<T> mine;
    synchronized (this) {
      T known = value;
      if (known != null) {
        return CompletableFuture.completedFuture(known);
      }
      if (reading != null) {
        return reading;
      }
      mine = new CompletableFuture<>();
      reading = mine;
    }
    begin(mine);
    return mine;
  }

  /** Something has changed it; says whether it was known. */
  boolean change(UnaryOperator<T> change) {
    synchronized (this) {
      changes++;
      T known = value;
      if (known != null) {
        value = change.apply(known);
      }
      return known != null;
    }
  }

  /** It may be anything from now on. */
  void forget() {
    synchronized (this) {
      changes++;
      value = null;
    }
  }

  private void begin(CompletableFuture<T> mine) {
    long before;
    synchronized (this) {
      before = changes;
    }
    var _ = read.get().whenComplete((found, fault) -> ended(mine, before, found, fault));
  }

  private void ended(
      CompletableFuture<T> mine, long before, @Nullable T found, @Nullable Throwable fault) {
    boolean old;
    synchronized (this) {
      old = found != null && changes != before;
      if (!old) {
        reading = null;
        value = found;
      }
    }
    if (old) {
      begin(mine);
    } else if (found != null) {
      mine.complete(found);
    } else {
      mine.completeExceptionally(fault == null ? new AssertionError() : fault);
    }
  }
}
