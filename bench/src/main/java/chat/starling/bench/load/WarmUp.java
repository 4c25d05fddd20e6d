package chat.starling.bench.load;

/**
 * How long rounds of warm-up go on: at least a number of them, then for as long as compilers still
 * make the server faster, as three rounds show, but not for ever.
 */
public final class WarmUp {

  private static final int MOST = 3;
  private static final int ROUNDS_THAT_SHOW = 3;
  private static final double STILL_FASTER = 1.05;

  private final int least;
  private int done;
  private int noFaster;
  private double best;

  /** At least so many rounds; 0 for no warm-up. */
  public WarmUp(int least) {
    this.least = least;
  }

  /** Whether there is another round. */
  public boolean goesOn() {
    return done < least || (noFaster < ROUNDS_THAT_SHOW && done < MOST * least);
  }

  /** A round is over in which the server did this much. */
  public void did(double perSecond) {
    done++;
    noFaster = perSecond > best * STILL_FASTER ? 0 : noFaster + 1;
    best = Math.max(best, perSecond);
  }

  /** How many rounds are over. */
  public int done() {
    return done;
  }
}
