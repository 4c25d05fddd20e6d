package chat.starling.devstack.issuer;

import chat.starling.devstack.process.Port;
import chat.starling.devstack.process.ServerFailure;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * The issuer over HTTP, on loopback only: {@code GET /.well-known/jwks.json} for gateways, {@code POST /token} for
 * clients, {@code {"user":"alice"}} in, token, user id and expiry out.
 */
public final class IssuerServer implements AutoCloseable {

  private static final int BODY_LIMIT = 4_096;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final TokenIssuer issuer;
  private final HttpServer server;

  private IssuerServer(TokenIssuer issuer, HttpServer server) {
    this.issuer = issuer;
    this.server = server;
  }

  /**
   * Starts serving.
   *
   * @throws ServerFailure when the port is busy
   */
  public static IssuerServer start(TokenIssuer issuer, Port port) {
    try {
      HttpServer http = HttpServer.create(port.address(), 0);
      var server = new IssuerServer(issuer, http);
      http.createContext("/", server::handle);
      http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      http.start();
      return server;
    } catch (IOException e) {
      throw new ServerFailure(
          "issuer: port %d is in use (expected: a free port; move it with %s)"
              .formatted(port.number(), port.setting()),
          e);
    }
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  /** Where gateways find its keys. */
  public URI jwksUrl() {
    return url("/.well-known/jwks.json");
  }

  /** Where clients post for a token. */
  public URI tokenUrl() {
    return url("/token");
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private URI url(String path) {
    return URI.create("http://127.0.0.1:%d%s".formatted(address().getPort(), path));
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      switch (exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath()) {
        case "GET /.well-known/jwks.json" -> answer(exchange, 200, issuer.jwks());
        case "POST /token" -> token(exchange);
        default ->
            refuse(exchange, 404, "expected: GET /.well-known/jwks.json or POST /token");
      }
    }
  }

  private void token(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(BODY_LIMIT + 1);
    if (body.length > BODY_LIMIT) {
      refuse(exchange, 413, "body: too large (expected: at most " + BODY_LIMIT + " bytes)");
      return;
    }
    try {
      TokenQuery query = JSON.readValue(body, TokenQuery.class);
      if (query == null) {
        throw new TokenQuery.Refused("body", "null", "{\"user\": …}");
      }
      answer(exchange, 200, describe(issuer.issue(query.toRequest())));
    } catch (JsonProcessingException e) {
      refuse(exchange, 400, "body: not the JSON of a token request (expected: {\"user\": …})");
    } catch (TokenQuery.Refused e) {
      refuse(exchange, 400, e.getMessage());
    }
  }

  private static String describe(IssuedToken issued) throws JsonProcessingException {
    return JSON.writeValueAsString(
        Map.of(
            "token", issued.token(),
            "user_id", Long.toString(issued.userId()),
            "expires_at", issued.expiresAt().toString()));
  }

  private static void refuse(HttpExchange exchange, int status, String message)
      throws IOException {
    answer(exchange, status, JSON.writeValueAsString(Map.of("error", message)));
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("content-type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
