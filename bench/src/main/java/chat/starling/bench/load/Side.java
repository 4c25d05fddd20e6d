package chat.starling.bench.load;

import java.util.concurrent.CompletionStage;

/** One way to do the work that is measured. Safe for use by several threads. */
public interface Side {

  /** What it is called in results. */
  String name();

  /** Does one piece of work; completes when it is done. */
  CompletionStage<?> send();

  /** How many times a piece of work was refused and sent again, so far. */
  default long refused() {
    return 0;
  }
}
