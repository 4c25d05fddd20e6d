package chat.starling.bench.load;

/**
 * How long rounds of warm-up go on: at least a number of them, then for as long as compilers are at
 * work in any server, or have just made the one that is watched faster, as three rounds show. Not
 * for ever.
 */
public final class WarmUp {

  private static final int MOST = 3;
  private static final int ROUNDS_THAT_SHOW = 3;
  private static final double STILL_FASTER = 1.05;

  /** The compilers' share of a server's time from which on they distort its figures. */
  private static final double STILL_COMPILING = 0.05;

  private final int least;
  private int done;
  private int settled;
  private double best;

  /** At least so many rounds; 0 for no warm-up. */
  public WarmUp(int least) {
    this.least = least;
  }

  /** Whether there is another round. */
  public boolean goesOn() {
    return done < least || (settled < ROUNDS_THAT_SHOW && done < MOST * least);
  }

  /**
   * A round is over.
   *
   * @param perSecond what the server that is watched did
   * @param compiling the largest share that compilers had of a server's processor time, from 0 to 1
   */
  public void did(double perSecond, double compiling) {
    done++;
    boolean faster = perSecond > best * STILL_FASTER;
    settled = faster || compiling > STILL_COMPILING ? 0 : settled + 1;
    best = Math.max(best, perSecond);
  }

  /** How many rounds are over. */
  public int done() {
    return done;
  }
}
