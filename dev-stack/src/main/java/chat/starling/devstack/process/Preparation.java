package chat.starling.devstack.process;

import java.io.IOException;

/**
 * What must be on disk before a server starts: its folders and its configuration. Runs before each
 * start.
 */
@FunctionalInterface
public interface Preparation {

  /** Writes it; doing so twice is doing it once. */
  void prepare() throws IOException, InterruptedException;
}
