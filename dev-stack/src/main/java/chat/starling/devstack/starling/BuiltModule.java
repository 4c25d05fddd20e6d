package chat.starling.devstack.starling;

import chat.starling.devstack.ProjectTree;
import chat.starling.devstack.process.ServerFailure;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What Maven's package phase leaves of a module: its jar, and beside it the file that names its
 * dependencies.
 *
 * @param target the module's {@code target}
 */
record BuiltModule(Path target) {

  private static final List<String> OTHER_JARS =
      List.of("-tests.jar", "-sources.jar", "-javadoc.jar");

  static BuiltModule of(ProjectTree tree, String module) {
    return new BuiltModule(tree.root().resolve(module).resolve("target"));
  }

  /**
   * The class path to start it with.
   *
   * @throws ServerFailure when it is not built
   */
  String classpath() {
    try {
      return jar() + File.pathSeparator + Files.readString(target.resolve("classpath")).strip();
    } catch (IOException e) {
      throw new ServerFailure(
          target + ": not built (expected: a jar and the file classpath, from `make build`)", e);
    }
  }

  private Path jar() throws IOException {
    DirectoryStream.Filter<Path> main =
        file ->
            file.toString().endsWith(".jar")
                && OTHER_JARS.stream().noneMatch(file.toString()::endsWith);
    try (var jars = Files.newDirectoryStream(target, main)) {
      for (Path jar : jars) {
        return jar;
      }
    }
    throw new IOException("no jar");
  }
}
