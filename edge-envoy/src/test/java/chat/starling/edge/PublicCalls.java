package chat.starling.edge;

import chat.starling.devstack.ProjectTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Every public rpc that has a form in HTTP and JSON, read out of the protos: none is forgotten. */
final class PublicCalls {

  private static final Pattern COMMENT = Pattern.compile("//[^\n]*");
  private static final Pattern RPC =
      Pattern.compile(
          "rpc (\\w+)\\((\\w+)\\) returns \\(\\w+\\) \\{[^}]*?(get|post|put|patch|delete):"
              + " \"([^\"]*)\"");
  private static final Pattern MESSAGE = Pattern.compile("message (\\w+) \\{");
  private static final Pattern FIELD =
      Pattern.compile("(repeated |optional )?([\\w.]+) (\\w+) = \\d+");

  /** A field of a request. */
  record Field(String name, String type, boolean repeated) {}

  /**
   * One rpc.
   *
   * @param verb of HTTP
   * @param path with names of fields in braces
   */
  record Call(String name, String verb, String path, String request) {

    boolean hasBody() {
      return !verb.equals("GET") && !verb.equals("DELETE");
    }

    boolean isRead() {
      return verb.equals("GET") || name.startsWith("BatchGet");
    }
  }

  private final Map<String, List<Field>> messages = new HashMap<>();
  private final List<Call> calls = new ArrayList<>();

  private PublicCalls() {}

  static PublicCalls read() {
    PublicCalls all = new PublicCalls();
    Path protos = ProjectTree.find().root().resolve("api/protos/starling/v1");
    try (Stream<Path> files = Files.list(protos)) {
      for (Path file : files.sorted().toList()) {
        all.read(COMMENT.matcher(Files.readString(file)).replaceAll(""));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  List<Call> calls() {
    return calls;
  }

  /** The fields of a message of ours; none of any other. */
  List<Field> fields(String message) {
    return messages.getOrDefault(message, List.of());
  }

  private void read(String proto) {
    Matcher rpc = RPC.matcher(proto);
    while (rpc.find()) {
      calls.add(
          new Call(
              rpc.group(1), rpc.group(3).toUpperCase(Locale.ROOT), rpc.group(4), rpc.group(2)));
    }
    Matcher message = MESSAGE.matcher(proto);
    while (message.find()) {
      messages.put(message.group(1), fields(proto, message.end()));
    }
  }

  private static List<Field> fields(String proto, int begin) {
    List<Field> fields = new ArrayList<>();
    Matcher field = FIELD.matcher(proto.substring(begin, end(proto, begin)));
    while (field.find()) {
      boolean repeated = "repeated ".equals(field.group(1));
      fields.add(new Field(field.group(3), field.group(2), repeated));
    }
    return fields;
  }

  private static int end(String proto, int begin) {
    int open = 1;
    int at = begin;
    while (open > 0) {
      char next = proto.charAt(at++);
      open += next == '{' ? 1 : next == '}' ? -1 : 0;
    }
    return at;
  }
}
