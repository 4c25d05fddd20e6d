package chat.starling.devstack;

import chat.starling.devstack.process.ServerFailure;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The checked-out project on disk: where its modules, tools and development data are.
 *
 * @param root the folder that holds {@code mvnw}
 */
public record ProjectTree(Path root) {

  /**
   * The tree around the working directory.
   *
   * @throws ServerFailure when no folder above holds {@code mvnw}
   */
  public static ProjectTree find() {
    Path start = Path.of("").toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve("mvnw"))) {
        return new ProjectTree(folder);
      }
    }
    throw new ServerFailure("no mvnw in " + start + " or above (expected: a Starling source tree)");
  }

  /** Where {@code make tools} puts the servers. */
  public Tools tools() {
    return new Tools(root.resolve(".tools"));
  }

  /** Where {@code make run} keeps data, logs, keys and certificates. */
  public Path data() {
    return root.resolve(".starling");
  }
}
