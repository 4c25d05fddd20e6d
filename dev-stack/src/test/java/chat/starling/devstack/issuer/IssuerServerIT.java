package chat.starling.devstack.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.starling.devstack.process.Port;
import chat.starling.devstack.process.ServerFailure;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IssuerServerIT {

  private final TokenIssuer issuer = TokenIssuer.withNewKey(InstantSource.system());
  private final Port port = Port.free(1).getFirst();
  private final IssuerServer server = IssuerServer.start(issuer, port);

  @AfterEach
  void end() {
    server.close();
  }

  @Test
  void post_user_getsTokenIdAndExpiry() throws Exception {
    var answer =
        post(server.tokenUrl(), "{\"user\":\"alice\",\"ttl_seconds\":60,\"workspaces\":[1,7]}");
    assertThat(answer.statusCode()).isEqualTo(200);
    var json = new ObjectMapper().readTree(answer.body());
    assertThat(json.get("user_id").asText()).isEqualTo(Long.toString(TokenIssuer.userId("alice")));
    assertThat(json.get("token").asText()).contains(".");
    assertThat(json.get("expires_at").asText()).endsWith("Z");
  }

  @Test
  void get_keys_areTheIssuers() throws Exception {
    var request = HttpRequest.newBuilder(server.jwksUrl()).build();
    assertThat(send(request).body()).isEqualTo(issuer.jwks());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "no json",
        "{}",
        "{\"user\":\" \"}",
        "{\"user\":\"a\",\"ttl_seconds\":0}",
        "{\"user\":\"a\",\"ttl_seconds\":2592001}",
        "{\"user\":\"a\",\"workspaces\":[0]}",
        "{\"user\":\"a\",\"workspaces\":[null]}",
        "{\"user\":\"a\",\"founder\":[0]}",
        "{\"user\":\"a\",\"unknown\":1}",
        "{\"user\":\"a\"} and more"
      })
  void post_wrongBody_isRefusedWithExpectation(String body) throws Exception {
    var answer = post(server.tokenUrl(), body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("error").contains("expected: ");
  }

  @Test
  void post_hugeBody_isRefusedUnread() throws Exception {
    assertThat(post(server.tokenUrl(), " ".repeat(5_000)).statusCode()).isEqualTo(413);
  }

  @Test
  void post_elsewhere_isNotFound() throws Exception {
    assertThat(post(server.jwksUrl(), "{}").statusCode()).isEqualTo(404);
  }

  @Test
  void port_inUse_isNamedWithItsSetting() {
    assertThatThrownBy(() -> IssuerServer.start(issuer, port))
        .isInstanceOf(ServerFailure.class)
        .hasMessageContaining("port " + port.number() + " is in use")
        .hasMessageContaining(port.setting());
  }

  private static HttpResponse<String> post(URI url, String body) throws Exception {
    return send(
        HttpRequest.newBuilder(url).POST(HttpRequest.BodyPublishers.ofString(body)).build());
  }

  private static HttpResponse<String> send(HttpRequest request)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }
}
