package chat.starling.channel.rpc;

import chat.starling.api.internal.v1.AppendManyRequest;
import chat.starling.api.internal.v1.AppendManyResponse;
import chat.starling.api.internal.v1.AppendRequest;
import chat.starling.api.internal.v1.AppendResponse;
import chat.starling.api.internal.v1.DeleteMessageRequest;
import chat.starling.api.internal.v1.DeleteMessageResponse;
import chat.starling.api.internal.v1.FeedServiceGrpc;
import chat.starling.api.internal.v1.ReadEventsRequest;
import chat.starling.api.internal.v1.ReadEventsResponse;
import chat.starling.api.internal.v1.ReadHistoryRequest;
import chat.starling.api.internal.v1.ReadHistoryResponse;
import chat.starling.api.internal.v1.SubscribeRequest;
import chat.starling.api.internal.v1.SubscribeResponse;
import chat.starling.channel.feed.FeedEntry;
import chat.starling.channel.history.HistoryPage;
import chat.starling.channel.history.Position;
import chat.starling.channel.history.StoredMessage;
import chat.starling.channel.owner.EventRun;
import chat.starling.channel.owner.FeedOwner;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

/** FeedService: checks requests and hands them to the owner of the feeds. */
public final class FeedRpc extends FeedServiceGrpc.FeedServiceImplBase {

  private static final String TRACEPARENT = "traceparent";

  private final FeedOwner owner;
  private final Appends appends;
  private final AppendStreams appendStreams;
  private final GatewayStreams streams;

  /** The service of these feeds. */
  public FeedRpc(
      FeedOwner owner, Appends appends, AppendStreams appendStreams, GatewayStreams streams) {
    this.owner = owner;
    this.appends = appends;
    this.appendStreams = appendStreams;
    this.streams = streams;
  }

  @Override
  public void append(AppendRequest request, StreamObserver<AppendResponse> call) {
    Answers.outliveCancel(call);
    String traceparent = ServiceRequestContext.current().request().headers().get(TRACEPARENT, "");
    try {
      appends.append(request, traceparent, new UnaryAppend(call));
    } catch (RuntimeException e) {
      call.onError(e);
    }
  }

  @Override
  public void deleteMessage(
      DeleteMessageRequest request, StreamObserver<DeleteMessageResponse> call) {
    String traceparent = ServiceRequestContext.current().request().headers().get(TRACEPARENT, "");
    Answers.answer(
        call,
        () -> {
          Checks.id("channel_id", request.getChannelId());
          Checks.id("message_id", request.getMessageId());
          Checks.id("user_id", request.getUserId());
          Checks.nonce(request.getNonce());
          return owner
              .delete(request, traceparent)
              .thenApply(seq -> DeleteMessageResponse.newBuilder().setSeq(seq).build());
        });
  }

  @Override
  public StreamObserver<AppendManyRequest> appendMany(StreamObserver<AppendManyResponse> call) {
    ServiceRequestContext context = ServiceRequestContext.current();
    context.clearRequestTimeout();
    return appendStreams.open(
        (ServerCallStreamObserver<AppendManyResponse>) call, context.eventLoop());
  }

  @Override
  public StreamObserver<SubscribeRequest> subscribe(StreamObserver<SubscribeResponse> call) {
    ServiceRequestContext context = ServiceRequestContext.current();
    context.clearRequestTimeout();
    return streams.open(
        (ServerCallStreamObserver<SubscribeResponse>) call, context.eventLoop(), owner);
  }

  @Override
  public void readEvents(ReadEventsRequest request, StreamObserver<ReadEventsResponse> call) {
    Answers.answer(
        call,
        () ->
            owner
                .events(
                    Checks.feed(request.getFeed()),
                    Checks.notNegative("after_seq", request.getAfterSeq()),
                    Checks.pageSize("limit", request.getLimit()))
                .thenApply(FeedRpc::response));
  }

  @Override
  public void readHistory(ReadHistoryRequest request, StreamObserver<ReadHistoryResponse> call) {
    Answers.answer(
        call,
        () ->
            owner
                .history(
                    Checks.id("channel_id", request.getChannelId()),
                    position(request),
                    Checks.pageSize("limit", request.getLimit()))
                .thenApply(FeedRpc::response));
  }

  private static Position position(ReadHistoryRequest request) {
    return switch (request.getPositionCase()) {
      case BEFORE -> new Position.Before(Checks.id("before", request.getBefore()));
      case AFTER -> new Position.After(Checks.notNegative("after", request.getAfter()));
      case AROUND -> new Position.Around(Checks.id("around", request.getAround()));
      case POSITION_NOT_SET -> new Position.Newest();
    };
  }

  private static ReadEventsResponse response(EventRun run) {
    ReadEventsResponse.Builder response = ReadEventsResponse.newBuilder().setLastSeq(run.lastSeq());
    if (!run.entries().isEmpty()) {
      response.setFirstSeq(run.entries().getFirst().seq());
    }
    for (FeedEntry entry : run.entries()) {
      response.addEvents(entry.event());
    }
    return response.build();
  }

  private static ReadHistoryResponse response(HistoryPage page) {
    ReadHistoryResponse.Builder response =
        ReadHistoryResponse.newBuilder().setHasOlder(page.hasOlder()).setHasNewer(page.hasNewer());
    for (StoredMessage message : page.messages()) {
      response.addMessages(message.message());
    }
    return response.build();
  }
}
