package chat.starling.edge;

import chat.starling.edge.PublicCalls.Call;
import chat.starling.edge.PublicCalls.Field;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.ToLongFunction;

/**
 * One id in requests of one rpc that is to be tried with what the caller may not know of.
 *
 * @param path of fields that leads to it
 */
record Probe(IdKind kind, List<Field> path) {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** One for each id that such a request holds, in messages within it too. */
  static List<Probe> of(PublicCalls all, Call call) {
    List<Probe> found = new ArrayList<>();
    collect(all, call.request(), List.of(), found);
    return found;
  }

  private static void collect(
      PublicCalls all, String message, List<Field> above, List<Probe> found) {
    for (Field field : all.fields(message)) {
      List<Field> path = new ArrayList<>(above);
      path.add(field);
      for (IdKind kind : IdKind.values()) {
        if (kind.isIn(field, above.isEmpty() ? "" : above.getLast().name())) {
          found.add(new Probe(kind, path));
        }
      }
      if (path.size() < 3) {
        collect(all, field.type(), path, found);
      }
    }
  }

  /**
   * The request with this id in its place, and with what the caller may know of everywhere else.
   */
  ObjectNode request(PublicCalls all, Call call, ToLongFunction<IdKind> known, long id) {
    ObjectNode request = filled(all, call, known);
    put(request, path, id);
    return request;
  }

  /** A request all of whose ids the caller may know. */
  static ObjectNode filled(PublicCalls all, Call call, ToLongFunction<IdKind> known) {
    ObjectNode request = JSON.objectNode();
    for (Field field : all.fields(call.request())) {
      fill(request, field, known);
    }
    return request;
  }

  private static void fill(ObjectNode request, Field field, ToLongFunction<IdKind> known) {
    for (IdKind kind : IdKind.values()) {
      // Of several targets a request takes one, which is the one that is tried.
      if (kind.isIn(field, "") && !request.has("role_id")) {
        put(request, List.of(field), known.applyAsLong(kind));
        return;
      }
    }
    switch (field.name()) {
      case "request_id" ->
          request.put("request_id", Base64.getEncoder().encodeToString(nonce().toByteArray()));
      case "name", "prefix", "nickname", "topic" -> request.put(field.name(), "abc");
      case "message_id", "report_id", "invitation_id" -> request.put(field.name(), "77");
      case "page_size", "limit" -> request.put(field.name(), 10);
      default -> {}
    }
  }

  private static void put(ObjectNode into, List<Field> path, long id) {
    Field field = path.getFirst();
    JsonNode value = JSON.textNode(Long.toString(id));
    if (path.size() > 1) {
      ObjectNode inner = JSON.objectNode();
      put(inner, path.subList(1, path.size()), id);
      value = inner;
    }
    into.set(field.name(), field.repeated() ? JSON.arrayNode().add(value) : value);
  }

  /** Sixteen bytes that nobody has sent before. */
  static ByteString nonce() {
    UUID random = UUID.randomUUID();
    return ByteString.copyFrom(
        ByteBuffer.allocate(16)
            .putLong(random.getMostSignificantBits())
            .putLong(random.getLeastSignificantBits())
            .flip());
  }
}
