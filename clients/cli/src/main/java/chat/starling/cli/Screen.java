package chat.starling.cli;

import java.util.List;
import org.jline.utils.AttributedString;
import org.jspecify.annotations.Nullable;

/**
 * Where a chat is shown and typed. All but {@link #readLine} and {@link #confirm} may be called by
 * any thread.
 */
interface Screen extends AutoCloseable {
  /** Shows a finished line; what is being typed stays as it is. */
  void print(AttributedString line);

  /** Shows a finished line that {@link #replace} may find by its key. */
  void print(long key, AttributedString line);

  /** Puts another line in the place of those with the key, as far as they can still be changed. */
  void replace(long key, AttributedString line);

  /** Shows what is being sent and where one is, in place of what was shown so before. */
  void prompt(List<AttributedString> pending, String channel, boolean connected);

  /** The next line typed, or null at the end. */
  @Nullable String readLine();

  /** Asks a question to be answered by yes or no; no where nobody can be asked. */
  boolean confirm(String question);

  @Override
  void close();
}
