package chat.starling.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import chat.starling.api.v1.ChannelServiceGrpc;
import chat.starling.api.v1.ChannelServiceGrpc.ChannelServiceBlockingStub;
import chat.starling.api.v1.CreateChannelRequest;
import chat.starling.api.v1.HistoryServiceGrpc;
import chat.starling.api.v1.HistoryServiceGrpc.HistoryServiceBlockingStub;
import chat.starling.api.v1.JoinChannelRequest;
import chat.starling.api.v1.ListChannelsRequest;
import chat.starling.api.v1.ListMessagesRequest;
import chat.starling.api.v1.LookupChannelRequest;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.gateway.harness.Stage;
import chat.starling.platform.rpc.RefusalStatus;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Empty;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The unary services, over gRPC and over HTTP/JSON. */
class UnaryIT {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long HISTORY = 50;
  private static Stage stage;
  private static HistoryServiceBlockingStub history;
  private static ChannelServiceBlockingStub channels;

  @BeforeAll
  static void start() throws IOException {
    stage = Stage.with(Map.of());
    stage.channels.directory().channel(HISTORY, 1, "history", 1L);
    stage.channels.directory().channel(51, 1, "open-door");
    stage.channels.directory().channel(52, 7, "elsewhere", 1L);
    for (int i = 1; i <= 60; i++) {
      stage.channels.post(HISTORY, "message " + i);
    }
    var signedIn = MetadataUtils.newAttachHeadersInterceptor(bearer(stage.ada));
    history = HistoryServiceGrpc.newBlockingStub(stage.client).withInterceptors(signedIn);
    channels = ChannelServiceGrpc.newBlockingStub(stage.client).withInterceptors(signedIn);
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  @Test
  void listMessages_noPageSize_isTheNewestFifty() {
    var page = history.listMessages(request().build());
    assertThat(page.getMessagesList()).hasSize(50).last().extracting("seq").isEqualTo(60L);
    assertThat(page.getHasOlder()).isTrue();
    assertThat(page.getHasNewer()).isFalse();
  }

  @Test
  void listMessages_before_isTheOlderPage() {
    var page = history.listMessages(request().setPageSize(3).setBefore(1011).build());
    assertThat(page.getMessagesList()).extracting("seq").containsExactly(8L, 9L, 10L);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 1001})
  void listMessages_pageSizeOutOfRange_isRefused(int size) {
    Refusal refusal = refused(() -> history.listMessages(request().setPageSize(size).build()));
    assertThat(refusal.getReason()).isEqualTo(Reason.REASON_PAGE_SIZE);
    assertThat(refusal.getField()).isEqualTo("page_size");
    assertThat(refusal.getValue()).isEqualTo(Integer.toString(size));
    assertThat(refusal.getExpected()).isEqualTo("1..1000");
  }

  @Test
  void listMessages_idNotPositive_isRefused() {
    assertThat(refused(() -> history.listMessages(request().setBefore(-3).build())))
        .extracting(Refusal::getReason, Refusal::getField)
        .containsExactly(Reason.REASON_OUT_OF_RANGE, "before");
    assertThat(refused(() -> history.listMessages(request().setChannelId(0).build())))
        .extracting(Refusal::getReason, Refusal::getField)
        .containsExactly(Reason.REASON_OUT_OF_RANGE, "channel_id");
  }

  @Test
  void listMessages_wrongChannels_areRefused() {
    assertThat(reason(() -> history.listMessages(request().setChannelId(404).build())))
        .isEqualTo(Reason.REASON_CHANNEL_NOT_FOUND);
    assertThat(reason(() -> history.listMessages(request().setChannelId(51).build())))
        .isEqualTo(Reason.REASON_NOT_A_MEMBER);
    assertThat(reason(() -> history.listMessages(request().setChannelId(52).build())))
        .isEqualTo(Reason.REASON_CHANNEL_NOT_FOUND);
  }

  @Test
  void listMessages_noToken_isRefused() {
    var anonymous = HistoryServiceGrpc.newBlockingStub(stage.client);
    assertThat(reason(() -> anonymous.listMessages(request().build())))
        .isEqualTo(Reason.REASON_TOKEN_MISSING);
  }

  @Test
  void channels_createLookupListJoin_work() {
    var made =
        channels
            .createChannel(
                CreateChannelRequest.newBuilder().setWorkspaceId(1).setName("new-one").build())
            .getChannel();
    var found =
        channels
            .lookupChannel(
                LookupChannelRequest.newBuilder().setWorkspaceId(1).setName("new-one").build())
            .getChannel();
    assertThat(found).isEqualTo(made);
    assertThat(
            channels
                .listChannels(ListChannelsRequest.newBuilder().setWorkspaceId(1).build())
                .getChannelsList())
        .contains(made.toBuilder().clearMyPermissions().build());
    assertThat(
            channels
                .joinChannel(
                    JoinChannelRequest.newBuilder().setChannelId(made.getChannelId()).build())
                .getChannel())
        .isEqualTo(made);
  }

  @Test
  void channels_joinAfterRefusal_isSeenAtOnce() {
    stage.channels.directory().channel(53, 1, "late");
    assertThat(reason(() -> history.listMessages(request().setChannelId(53).build())))
        .isEqualTo(Reason.REASON_NOT_A_MEMBER);
    var joined = channels.joinChannel(JoinChannelRequest.newBuilder().setChannelId(53).build());
    assertThat(joined.getChannel().getName()).isEqualTo("late");
    assertThat(history.listMessages(request().setChannelId(53).build()).getMessagesList())
        .isEmpty();
  }

  @Test
  void channels_otherWorkspace_isRefused() {
    assertThat(
            reason(() ->
                channels.listChannels(ListChannelsRequest.newBuilder().setWorkspaceId(7).build())))
        .isEqualTo(Reason.REASON_NOT_IN_WORKSPACE);
    assertThat(
            reason(() ->
                channels.joinChannel(JoinChannelRequest.newBuilder().setChannelId(52).build())))
        .isEqualTo(Reason.REASON_CHANNEL_NOT_FOUND);
  }

  @Test
  void channels_nameTaken_passesTheOwnersRefusalOn() {
    Refusal refusal =
        refused(() ->
            channels.createChannel(
                CreateChannelRequest.newBuilder().setWorkspaceId(1).setName("history").build()));
    assertThat(refusal.getReason()).isEqualTo(Reason.REASON_NAME_TAKEN);
    assertThat(refusal.getValue()).isEqualTo("history");
  }

  @Test
  void channels_nameTooLargeForARequest_isTooLarge() {
    String name = "x".repeat(70_000);
    assertThat(
            reason(() ->
                channels.createChannel(
                    CreateChannelRequest.newBuilder().setWorkspaceId(1).setName(name).build())))
        .isEqualTo(Reason.REASON_TOO_LARGE);
  }

  @Test
  void channels_nameNotUtf8_namesTheField() {
    MethodDescriptor<Empty, Empty> raw =
        MethodDescriptor.<Empty, Empty>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(ChannelServiceGrpc.getCreateChannelMethod().getFullMethodName())
            .setRequestMarshaller(ProtoUtils.marshaller(Empty.getDefaultInstance()))
            .setResponseMarshaller(ProtoUtils.marshaller(Empty.getDefaultInstance()))
            .build();
    Empty broken =
        Empty.newBuilder()
            .setUnknownFields(
                com.google.protobuf.UnknownFieldSet.newBuilder()
                    .addField(
                        2,
                        com.google.protobuf.UnknownFieldSet.Field.newBuilder()
                            .addLengthDelimited(
                                com.google.protobuf.ByteString.copyFrom(new byte[] {(byte) 0xc0}))
                            .build())
                    .build())
            .build();
    Refusal refusal =
        refused(
            () -> ClientCalls.blockingUnaryCall(stage.client, raw, CallOptions.DEFAULT, broken));
    assertThat(refusal.getReason()).isEqualTo(Reason.REASON_NOT_UTF8);
    assertThat(refusal.getField()).isEqualTo("name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "starling.v1.HistoryService/Forget",
        "starling.v1.NoService/Nothing",
        "grpc.reflection.v1.ServerReflection/ServerReflectionInfo"
      })
  void rpc_unknown_isUnimplemented(String method) {
    MethodDescriptor<Empty, Empty> unknown =
        MethodDescriptor.<Empty, Empty>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(method)
            .setRequestMarshaller(ProtoUtils.marshaller(Empty.getDefaultInstance()))
            .setResponseMarshaller(ProtoUtils.marshaller(Empty.getDefaultInstance()))
            .build();
    StatusRuntimeException fault =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                ClientCalls.blockingUnaryCall(
                    stage.client, unknown, CallOptions.DEFAULT, Empty.getDefaultInstance()));
    assertThat(fault.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
    assertThat(RefusalStatus.fromThrowable(fault).orElseThrow().getReason())
        .isEqualTo(Reason.REASON_METHOD_UNKNOWN);
  }

  @Test
  void json_history_hasIdsAsStrings() throws Exception {
    HttpResponse<String> answer = get("/v1/channels/50/messages?page_size=2");
    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode page = JSON.readTree(answer.body());
    assertThat(page.get("messages")).hasSize(2);
    JsonNode last = page.get("messages").get(1);
    assertThat(last.get("messageId").isTextual()).isTrue();
    assertThat(last.get("messageId").asText()).isEqualTo("1060");
    assertThat(last.get("text").asText()).isEqualTo("message 60");
    assertThat(page.get("hasOlder").asBoolean()).isTrue();
  }

  @Test
  void json_position_isTakenFromTheQuery() throws Exception {
    JsonNode page = JSON.readTree(get("/v1/channels/50/messages?page_size=1&before=1011").body());
    assertThat(page.get("messages").get(0).get("seq").asText()).isEqualTo("10");
  }

  @Test
  void json_createLookupList_work() throws Exception {
    HttpResponse<String> made =
        post("/v1/workspaces/1/channels", "{\"name\":\"from-json\"}", stage.ada);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
    String id = JSON.readTree(made.body()).get("channel").get("channelId").asText();
    assertThat(Long.parseLong(id)).isGreaterThan(9_007_199_254_740_992L);
    HttpResponse<String> found = get("/v1/workspaces/1/channels:lookup?name=from-json");
    assertThat(JSON.readTree(found.body()).get("channel").get("channelId").asText()).isEqualTo(id);
    assertThat(get("/v1/workspaces/1/channels").body()).contains("from-json");
    HttpResponse<String> joined = post("/v1/channels/" + id + ":join", "{}", stage.ada);
    assertThat(joined.statusCode()).as(joined.body()).isEqualTo(200);
  }

  @Test
  void json_refusal_isAStatusWithDetails() throws Exception {
    HttpResponse<String> answer = get("/v1/channels/50/messages?page_size=1001");
    assertThat(answer.statusCode()).isEqualTo(400);
    JsonNode status = JSON.readTree(answer.body());
    assertThat(status.get("code").asInt()).isEqualTo(3);
    JsonNode info = status.get("details").get(0);
    assertThat(info.get("reason").asText()).isEqualTo("PAGE_SIZE");
    assertThat(info.get("domain").asText()).isEqualTo("starling.chat");
    assertThat(info.get("metadata").get("value").asText()).isEqualTo("1001");
  }

  @Test
  void json_refusals_haveTheHttpStatusThatFits() throws Exception {
    assertThat(get("/v1/channels/404/messages").statusCode()).isEqualTo(404);
    assertThat(get("/v1/channels/51/messages").statusCode()).isEqualTo(403);
    HttpResponse<String> anonymous = post("/v1/workspaces/1/channels", "{\"name\":\"x\"}", "");
    assertThat(anonymous.statusCode()).isEqualTo(401);
    assertThat(anonymous.body()).contains("TOKEN_MISSING");
    HttpResponse<String> taken =
        post("/v1/workspaces/1/channels", "{\"name\":\"history\"}", stage.ada);
    assertThat(taken.statusCode()).isEqualTo(409);
    assertThat(get("/v1/nothing").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[]", "name"})
  void json_broken_isRefusedAsMalformed(String body) throws Exception {
    HttpResponse<String> answer = post("/v1/workspaces/1/channels", body, stage.ada);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains("MALFORMED");
  }

  @Test
  void health_ofARunningGateway_isGood() throws Exception {
    assertThat(get("/health").statusCode()).isEqualTo(200);
  }

  private static ListMessagesRequest.Builder request() {
    return ListMessagesRequest.newBuilder().setChannelId(HISTORY);
  }

  private static Reason reason(ThrowingCallable call) {
    return refused(call).getReason();
  }

  private static Refusal refused(ThrowingCallable call) {
    StatusRuntimeException fault = catchThrowableOfType(StatusRuntimeException.class, call);
    return RefusalStatus.fromThrowable(fault).orElseThrow(() -> fault);
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return HTTP.send(request(path, stage.ada).GET().build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> post(String path, String body, String token)
      throws Exception {
    return HTTP.send(
        request(path, token)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(String path, String token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + stage.gateway.port() + path));
    return token.isEmpty() ? request : request.header("authorization", "Bearer " + token);
  }

  private static Metadata bearer(String token) {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    return headers;
  }
}
