package chat.starling.bench.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One JSON value a line, both ways. Any thread may say something; one thread hears. */
public final class JsonLines {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final BufferedReader in;
  private final OutputStream out;

  /** Over these streams. */
  public JsonLines(InputStream in, OutputStream out) {
    this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    this.out = out;
  }

  /** The lines between this process and the one that started it. */
  public static JsonLines ofThisProcess() {
    return new JsonLines(System.in, System.out);
  }

  /** What the value looks like as an object of the type. */
  public static <T> T as(Class<T> type, @Nullable JsonNode value) {
    try {
      return JSON.treeToValue(value, type);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("not a " + type.getSimpleName(), e);
    }
  }

  /** The next value; null when the other side is gone. */
  public @Nullable JsonNode hear() {
    try {
      String line = in.readLine();
      return line == null ? null : JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says a value. */
  public synchronized void say(Object value) {
    try {
      byte[] line = JSON.writeValueAsBytes(value);
      byte[] ended = new byte[line.length + 1];
      System.arraycopy(line, 0, ended, 0, line.length);
      ended[line.length] = '\n';
      out.write(ended);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
