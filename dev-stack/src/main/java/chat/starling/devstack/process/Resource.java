package chat.starling.devstack.process;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A text file beside a class, with {@code @NAME@} standing for values that are known at start. */
public final class Resource {

  private Resource() {}

  /** The text with its values filled in. */
  public static String text(Class<?> neighbour, String file, Map<String, String> values)
      throws IOException {
    try (var in = neighbour.getResourceAsStream(file)) {
      if (in == null) {
        throw new FileNotFoundException(file + " beside " + neighbour.getName());
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (var value : values.entrySet()) {
        text = text.replace("@" + value.getKey() + "@", value.getValue());
      }
      return text;
    }
  }

  /** Writes the filled-in text to a file, making its folder. */
  public static void write(Class<?> neighbour, String file, Map<String, String> values, Path target)
      throws IOException {
    Files.createDirectories(target.resolveSibling("."));
    Files.writeString(target, text(neighbour, file, values));
  }
}
