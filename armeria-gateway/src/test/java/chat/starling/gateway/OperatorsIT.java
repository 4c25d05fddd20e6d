package chat.starling.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.v1.HistoryServiceGrpc;
import chat.starling.api.v1.ListMessagesRequest;
import chat.starling.gateway.harness.Phone;
import chat.starling.gateway.harness.Stage;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The internal port: reflection, docs, health, and every rpc. */
class OperatorsIT {

  private static Stage stage;
  private static ManagedChannel internal;

  @BeforeAll
  static void start() throws IOException {
    stage = Stage.with(Map.of());
    internal =
        Grpc.newChannelBuilder(
                "127.0.0.1:" + stage.gateway.internalPort(), InsecureChannelCredentials.create())
            .build();
  }

  @AfterAll
  static void stop() {
    internal.shutdownNow();
    stage.close();
  }

  @Test
  void reflection_listServices_hasThemAll() throws Exception {
    ServerReflectionResponse answer =
        ask(ServerReflectionRequest.newBuilder().setListServices("").build());
    assertThat(answer.getListServicesResponse().getServiceList())
        .extracting(ServiceResponse::getName)
        .contains(
            "starling.v1.SessionService",
            "starling.v1.HistoryService",
            "starling.v1.ChannelService");
  }

  @Test
  void reflection_symbol_isTheFileThatDefinesIt() throws Exception {
    for (String symbol : new String[] {"starling.v1.SessionService", "starling.v1.ClientFrame"}) {
      ServerReflectionResponse answer =
          ask(ServerReflectionRequest.newBuilder().setFileContainingSymbol(symbol).build());
      assertThat(answer.getFileDescriptorResponse().getFileDescriptorProtoCount()).isPositive();
    }
  }

  @Test
  void history_onTheInternalPort_answers() {
    stage.channels.post(Stage.CHANNEL, "hello");
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + stage.ada);
    var page =
        HistoryServiceGrpc.newBlockingStub(internal)
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
            .listMessages(ListMessagesRequest.newBuilder().setChannelId(Stage.CHANNEL).build());
    assertThat(page.getMessagesList()).isNotEmpty();
  }

  @Test
  void connect_onTheInternalPort_opensASession() {
    Phone phone = Phone.connect(internal, stage.ada);
    assertThat(phone.ready().getUser().getUserId()).isEqualTo(1);
  }

  @Test
  void docs_page_answers() throws Exception {
    assertThat(get("/docs/").statusCode()).isEqualTo(200);
    assertThat(get("/docs/specification.json").body())
        .contains(
            "starling.v1.HistoryService", "ListMessages", "starling.v1.SessionService", "Connect");
  }

  @Test
  void health_answers() throws Exception {
    assertThat(get("/health").statusCode()).isEqualTo(200);
  }

  private static HttpResponse<String> get(String path) throws Exception {
    // An upgrade to HTTP/2 in clear text now and then confuses this client.
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .build()
        .send(
            HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + stage.gateway.internalPort() + path))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static ServerReflectionResponse ask(ServerReflectionRequest question) throws Exception {
    CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
    StreamObserver<ServerReflectionRequest> out =
        ServerReflectionGrpc.newStub(internal)
            .serverReflectionInfo(
                new StreamObserver<>() {
                  @Override
                  public void onNext(ServerReflectionResponse response) {
                    answer.complete(response);
                  }

                  @Override
                  public void onError(Throwable fault) {
                    answer.completeExceptionally(fault);
                  }

                  @Override
                  public void onCompleted() {}
                });
    out.onNext(question);
    ServerReflectionResponse response = answer.get(10, TimeUnit.SECONDS);
    out.onCompleted();
    return response;
  }
}
