package chat.starling.cli;

import chat.starling.client.TokenSource;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tokens from the development issuer, fetched anew when one was refused. */
final class IssuedTokens implements TokenSource {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final URI issuer;
  private final Map<String, Object> query;
  private @Nullable String held;

  IssuedTokens(URI issuer, Map<String, Object> query, String first) {
    this.issuer = issuer;
    this.query = query;
    this.held = first;
  }

  @Override
  public String token() throws Exception {
    String token = held;
    if (token == null) {
      token = fetch(issuer, query);
      held = token;
    }
    return token;
  }

  @Override
  public void rejected(String token) {
    held = null;
  }

  /** Asks the issuer for one token; the query says of whom. */
  static String fetch(URI issuer, Map<String, Object> query)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(issuer.resolve("/token"))
            .timeout(PATIENCE)
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(query)))
            .build();
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      return tokenIn(http.send(request, BodyHandlers.ofString()));
    } catch (ConnectException e) {
      throw new Failure(
          Failure.NO_CONNECTION,
          "nobody answers at the token issuer "
              + issuer
              + ".\n  Run `make run` first, or give a token as STARLING_TOKEN.");
    }
  }

  private static String tokenIn(HttpResponse<String> response) throws IOException {
    if (response.statusCode() != 200) {
      throw new Failure(
          Failure.REFUSED,
          "the token issuer refused ("
              + response.statusCode()
              + "): "
              + Plain.line(response.body()));
    }
    JsonNode token = JSON.readTree(response.body()).get("token");
    if (token == null || !token.isTextual()) {
      throw new Failure(Failure.REFUSED, "the token issuer's answer holds no token");
    }
    return token.asText();
  }
}
