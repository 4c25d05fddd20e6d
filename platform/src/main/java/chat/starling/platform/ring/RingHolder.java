package chat.starling.platform.ring;

import java.util.concurrent.atomic.AtomicReference;

/**
 * The newest view that a process knows. Views may be offered from any thread and in any order; the
 * highest version wins, and while none comes the last one stays.
 */
public final class RingHolder {

  private final AtomicReference<RingView> newest = new AtomicReference<>(RingView.EMPTY);

  /** The newest view so far; {@link RingView#EMPTY} before the first. */
  public RingView current() {
    return newest.get();
  }

  /** Takes the view if it is newer than the current one; says whether it was. */
  public boolean offer(RingView view) {
    RingView before =
        newest.getAndAccumulate(view, (old, next) -> next.version() > old.version() ? next : old);
    return view.version() > before.version();
  }
}
