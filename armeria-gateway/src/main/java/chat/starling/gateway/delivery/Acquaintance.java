package chat.starling.gateway.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Whom one client has been told of. It remembers a few hundred, and tells anew of whom it has
 * forgotten. Confined to the session's event loop.
 */
public final class Acquaintance {

  /** A power of two. */
  private static final int SETS = 64;

  private static final int WAYS = 4;

  private static final long[] NOBODY = new long[0];

  private final Consumer<Notice> say;

  /** In each set, the marks of the last users that fall into it, the newest first. */
  private long[] told = NOBODY;

  private @Nullable Introduced met;
  private int metSoFar;

  /**
   * @param say takes a frame for the client
   */
  public Acquaintance(Consumer<Notice> say) {
    this.say = say;
  }

  /** Tells the client who this is, unless it was told. */
  public void introduce(Introduction one) {
    if (held(one) != one.mark()) {
      tell(one);
    }
  }

  /** Tells the client, in one frame, who these are of whom it was not told; of one workspace. */
  public void introduce(List<Introduction> all) {
    List<Introduction> strangers = all.stream().filter(one -> held(one) != one.mark()).toList();
    if (!strangers.isEmpty()) {
      tell(Introduction.notice(strangers), strangers);
    }
  }

  /**
   * Tells the client of those whom all others know with whom it is to be written to together.
   *
   * @return whether there was anybody to be told of
   */
  boolean meet(Introduced others) {
    int seen = seen(others);
    if (seen == others.count()) {
      return false;
    }
    List<Introduction> strangers = new ArrayList<>();
    others.after(
        seen,
        one -> {
          long held = held(one);
          if (held == 0) {
            strangers.add(one);
          } else if (held != one.mark()) {
            others.forget(one); // nobody knows which of the two is the newer
          }
        });
    if (!strangers.isEmpty()) {
      tell(Introduction.notice(strangers), strangers);
    }
    know(others);
    return !strangers.isEmpty();
  }

  /** The client was told of all of these, together with others. */
  void met(Introduced all) {
    all.after(seen(all), this::remember);
    know(all);
  }

  /** Tells the client in any case who this is. */
  void tell(Introduction one) {
    tell(one.notice(), List.of(one));
  }

  /** What is said may end what the client has in common with others, so it is remembered after. */
  private void tell(Notice notice, List<Introduction> said) {
    say.accept(notice);
    said.forEach(this::remember);
    met = null;
  }

  private int seen(Introduced all) {
    return all.equals(met) ? metSoFar : 0;
  }

  private void know(Introduced all) {
    met = all;
    metSoFar = all.count();
  }

  /** What the client was told last of the same user; 0 when it was not, or that is forgotten. */
  private long held(Introduction one) {
    long mark = one.mark();
    int set = set(mark);
    for (int i = set; i < set + WAYS && told.length > 0; i++) {
      if (Introduction.ofSameUser(told[i], mark)) {
        return told[i];
      }
    }
    return 0;
  }

  private void remember(Introduction one) {
    if (told.length == 0) {
      told = new long[SETS * WAYS];
    }
    long mark = one.mark();
    int set = set(mark);
    int place = set;
    while (place < set + WAYS - 1 && !Introduction.ofSameUser(told[place], mark)) {
      place++;
    }
    System.arraycopy(told, set, told, set + 1, place - set);
    told[set] = mark;
  }

  private static int set(long mark) {
    return (int) (mark >>> Integer.SIZE & (SETS - 1)) * WAYS;
  }
}
