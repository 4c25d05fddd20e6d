package chat.starling.devstack;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** A file that its owner alone can read, from the moment it is there; it is there whole or not at all. */
public final class PrivateFile {

  private PrivateFile() {}

  /** Writes it in place of what was there, making its folder. */
  public static void write(Path file, String content) throws IOException {
    Path folder = requireNonNull(file.toAbsolutePath().getParent(), "a file is not a root folder");
    Files.createDirectories(folder);
    Path draft = Files.createTempFile(folder, "draft", "");
    Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(draft, content);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
