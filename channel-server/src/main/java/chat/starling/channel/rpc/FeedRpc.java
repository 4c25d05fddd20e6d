package chat.starling.channel.rpc;

import chat.starling.api.internal.v1.AppendRequest;
import chat.starling.api.internal.v1.AppendResponse;
import chat.starling.api.internal.v1.FeedServiceGrpc;
import chat.starling.api.internal.v1.ReadEventsRequest;
import chat.starling.api.internal.v1.ReadEventsResponse;
import chat.starling.api.internal.v1.ReadHistoryRequest;
import chat.starling.api.internal.v1.ReadHistoryResponse;
import chat.starling.api.internal.v1.SubscribeRequest;
import chat.starling.api.internal.v1.SubscribeResponse;
import chat.starling.channel.feed.Append;
import chat.starling.channel.feed.FeedEntry;
import chat.starling.channel.history.HistoryPage;
import chat.starling.channel.history.Position;
import chat.starling.channel.history.StoredMessage;
import chat.starling.channel.owner.EventRun;
import chat.starling.channel.owner.FeedOwner;
import chat.starling.platform.ids.FeedId;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

/** FeedService: checks requests and hands them to the owner of the feeds. */
public final class FeedRpc extends FeedServiceGrpc.FeedServiceImplBase {

  private final FeedOwner owner;
  private final AppendSpans spans;
  private final GatewayStreams streams;

  /** The service of these feeds. */
  public FeedRpc(FeedOwner owner, AppendSpans spans, GatewayStreams streams) {
    this.owner = owner;
    this.spans = spans;
    this.streams = streams;
  }

  @Override
  public void append(AppendRequest request, StreamObserver<AppendResponse> call) {
    Answers.outliveCancel(call);
    try {
      check(request);
      FeedId feed = Checks.channelFeed(request.getFeed());
      AppendAnswer answer = spans.begin(feed, call);
      owner.append(
          feed,
          new Append(
              request.getAuthor(),
              request.getNonce(),
              request.getText(),
              request.getRetry(),
              answer.traceparent(),
              answer));
    } catch (RuntimeException e) {
      call.onError(e);
    }
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

  private static void check(AppendRequest request) {
    Checks.id("author.user_id", request.getAuthor().getUserId());
    Checks.displayName(request.getAuthor().getDisplayName());
    Checks.nonce(request.getNonce());
    Checks.text(request.getText());
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
