package chat.starling.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** The development certificate authority's file, as {@code make run} leaves it. */
final class CaFile {
  private static final Path NAME = Path.of(".starling", "edge", "ca.pem");

  private CaFile() {}

  /** Looks in this folder and in those above it. */
  static Path findUpward(Path folder) {
    for (Path at = folder.toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isReadable(at.resolve(NAME))) {
        return at.resolve(NAME);
      }
    }
    throw new Failure(
        Failure.NO_CONNECTION,
        "no "
            + NAME
            + " here or in a folder above.\n"
            + "  Run `make run` first, or name the certificates with --ca.");
  }
}
