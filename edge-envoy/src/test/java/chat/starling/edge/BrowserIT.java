package chat.starling.edge;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.v1.ClientFrame;
import chat.starling.api.v1.Focus;
import chat.starling.api.v1.Hello;
import chat.starling.api.v1.ListenRequest;
import chat.starling.api.v1.Send;
import chat.starling.api.v1.ServerFrame;
import chat.starling.api.v1.SubmitRequest;
import chat.starling.api.v1.View;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What has no bidirectional streams: browsers over gRPC-Web, and scripts over HTTP/JSON. */
class BrowserIT {

  private static final RunningStack STACK = RunningStack.shared();

  private final HttpClient http = STACK.https();
  private final URI edge = URI.create("https://localhost:" + STACK.edgePort());
  private final GrpcWeb web = new GrpcWeb(http, edge);

  @Test
  void browser_listensAndSubmits_seesItsMessage() throws Exception {
    long channel = STACK.channelOf("alice");
    Hello hello = Hello.newBuilder().setToken(STACK.token("alice")).build();
    byte[] listen = ListenRequest.newBuilder().setHello(hello).build().toByteArray();
    try (GrpcWeb.Body stream = web.call("starling.v1.SessionService/Listen", listen)) {
      String session = next(stream).getReady().getSessionToken();
      submit(session, ClientFrame.newBuilder().setFocus(focus(channel)).build());
      assertThat(next(stream).getFocused().getChannelId()).isEqualTo(channel);
      submit(session, ClientFrame.newBuilder().setSend(send(channel, "from a browser")).build());
      ServerFrame first = next(stream);
      ServerFrame second = next(stream);
      ServerFrame event = first.hasEvent() ? first : second;
      ServerFrame sent = first.hasEvent() ? second : first;
      assertThat(event.getEvent().getMessagePosted().getText()).isEqualTo("from a browser");
      assertThat(sent.getSent().getSeq()).isEqualTo(event.getEvent().getSeq());
    }
  }

  @Test
  void submit_unknownSession_isRefused() throws Exception {
    SubmitRequest request =
        SubmitRequest.newBuilder()
            .setSessionToken("nobody")
            .addFrames(ClientFrame.newBuilder().setFocus(focus(1)))
            .build();
    try (GrpcWeb.Body answer =
        web.call("starling.v1.SessionService/Submit", request.toByteArray())) {
      assertThat(answer.status()).isEqualTo(5);
    }
  }

  @Test
  void preflight_fromAnAllowedOrigin_isAllowed() throws Exception {
    HttpRequest preflight =
        HttpRequest.newBuilder(edge.resolve("/starling.v1.SessionService/Listen"))
            .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
            .header("origin", "http://localhost:3000")
            .header("access-control-request-method", "POST")
            .header("access-control-request-headers", "content-type,x-grpc-web")
            .build();
    HttpResponse<String> answer = http.send(preflight, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.headers().firstValue("access-control-allow-origin"))
        .contains("http://localhost:3000");
    assertThat(answer.headers().firstValue("access-control-allow-headers").orElseThrow())
        .contains("x-grpc-web");
  }

  @Test
  void json_historyAndChannels_speakTheSameContract() throws Exception {
    HttpResponse<String> created =
        json("POST", "/v1/workspaces/1/channels", "{\"name\": \"json-" + UUID.randomUUID() + "\"}");
    assertThat(created.statusCode()).isEqualTo(200);
    String id = created.body().replaceAll("(?s).*\"channelId\"\\s*:\\s*\"(\\d+)\".*", "$1");
    assertThat(json("GET", "/v1/channels/" + id + "/messages", "").statusCode()).isEqualTo(200);
    HttpResponse<String> refused =
        json("GET", "/v1/channels/" + id + "/messages?page_size=1001", "");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("PAGE_SIZE", "1..1000");
  }

  private HttpResponse<String> json(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(edge.resolve(path))
            .header("authorization", "Bearer " + STACK.token("alice"))
            .header("content-type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private void submit(String session, ClientFrame frame) throws IOException, InterruptedException {
    SubmitRequest request =
        SubmitRequest.newBuilder().setSessionToken(session).addFrames(frame).build();
    try (GrpcWeb.Body answer =
        web.call("starling.v1.SessionService/Submit", request.toByteArray())) {
      assertThat(answer.message()).as("an empty SubmitResponse").isEmpty();
      assertThat(answer.status()).isZero();
    }
  }

  private static ServerFrame next(GrpcWeb.Body stream) throws IOException {
    return ServerFrame.parseFrom(stream.message());
  }

  private static Focus focus(long channel) {
    return Focus.newBuilder().addViews(View.newBuilder().setChannelId(channel)).build();
  }

  private static Send send(long channel, String text) {
    return Send.newBuilder()
        .setChannelId(channel)
        .setNonce(
            ByteString.copyFrom(
                UUID.randomUUID().toString().substring(0, 16), StandardCharsets.US_ASCII))
        .setText(text)
        .build();
  }
}
