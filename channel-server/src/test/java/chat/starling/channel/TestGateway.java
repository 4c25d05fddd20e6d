package chat.starling.channel;

import chat.starling.api.internal.v1.FeedEvent;
import chat.starling.api.internal.v1.FeedId;
import chat.starling.api.internal.v1.FeedKind;
import chat.starling.api.internal.v1.FeedServiceGrpc.FeedServiceStub;
import chat.starling.api.internal.v1.SubscribeRequest;
import chat.starling.api.internal.v1.SubscribeResponse;
import chat.starling.api.internal.v1.WorkspaceEvent;
import chat.starling.api.internal.v1.WorkspaceHeads;
import chat.starling.api.v1.Event;
import chat.starling.api.v1.ServerFrame;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A gateway's end of the Subscribe stream that writes down all that it gets. */
final class TestGateway implements StreamObserver<SubscribeResponse> {

  private final List<SubscribeResponse> responses = new CopyOnWriteArrayList<>();
  private final StreamObserver<SubscribeRequest> requests;
  private volatile @Nullable Throwable fault;
  private volatile boolean completed;

  TestGateway(FeedServiceStub feeds) {
    requests = feeds.subscribe(this);
  }

  void add(long channelId) {
    requests.onNext(
        SubscribeRequest.newBuilder()
            .setAdd(SubscribeRequest.Add.newBuilder().setFeed(feed(channelId)))
            .build());
  }

  void add(long channelId, long afterSeq) {
    requests.onNext(
        SubscribeRequest.newBuilder()
            .setAdd(
                SubscribeRequest.Add.newBuilder().setFeed(feed(channelId)).setAfterSeq(afterSeq))
            .build());
  }

  /** Subscribes to a workspace's feed as this process. */
  void follow(long workspaceId, long process) {
    SubscribeRequest.Builder request = SubscribeRequest.newBuilder();
    request
        .getAddBuilder()
        .setSubscriber(process)
        .getFeedBuilder()
        .setKind(FeedKind.FEED_KIND_WORKSPACE)
        .setId(workspaceId);
    requests.onNext(request.build());
  }

  /** Goes by the workspace's feed up to this seq. */
  void applied(long workspaceId, long seq) {
    SubscribeRequest.Builder request = SubscribeRequest.newBuilder();
    request.getAppliedBuilder().setWorkspaceId(workspaceId).setSeq(seq).setAskedAt(seq);
    requests.onNext(request.build());
  }

  /** All that came. */
  List<SubscribeResponse> responses() {
    return List.copyOf(responses);
  }

  void remove(long channelId) {
    requests.onNext(
        SubscribeRequest.newBuilder()
            .setRemove(SubscribeRequest.Remove.newBuilder().setFeed(feed(channelId)))
            .build());
  }

  void watch(long workspaceId) {
    requests.onNext(
        SubscribeRequest.newBuilder()
            .setWatchHeads(SubscribeRequest.WatchHeads.newBuilder().setWorkspaceId(workspaceId))
            .build());
  }

  /** The workspace's heads as told so far. */
  Map<Long, Long> heads(long workspaceId) {
    Map<Long, Long> heads = new TreeMap<>();
    messages(workspaceId)
        .forEach(message ->
            message
                .getHeadsList()
                .forEach(head -> heads.merge(head.getChannelId(), head.getSeq(), Math::max)));
    return heads;
  }

  /** The messages in which they were told. */
  List<WorkspaceHeads> messages(long workspaceId) {
    return responses.stream()
        .filter(SubscribeResponse::hasHeads)
        .map(SubscribeResponse::getHeads)
        .filter(heads -> heads.getWorkspaceId() == workspaceId)
        .toList();
  }

  /** Why the workspace is not watched, or not any more. */
  List<String> watchRefused(long workspaceId) {
    return responses.stream()
        .filter(SubscribeResponse::hasWatchRefused)
        .map(SubscribeResponse::getWatchRefused)
        .filter(refused -> refused.getWorkspaceId() == workspaceId)
        .map(SubscribeResponse.WatchRefused::getReason)
        .toList();
  }

  void send(SubscribeRequest request) {
    requests.onNext(request);
  }

  void end() {
    requests.onCompleted();
  }

  List<SubscribeResponse.Added> added(long channelId) {
    return responses.stream()
        .filter(SubscribeResponse::hasAdded)
        .map(SubscribeResponse::getAdded)
        .filter(added -> added.getFeed().getId() == channelId)
        .toList();
  }

  List<String> refused(long channelId) {
    return responses.stream()
        .filter(SubscribeResponse::hasRefused)
        .map(SubscribeResponse::getRefused)
        .filter(refused -> refused.getFeed().getId() == channelId)
        .map(SubscribeResponse.SubscribeRefused::getReason)
        .toList();
  }

  List<Long> seqs(long channelId) {
    return events(channelId).stream().map(FeedEvent::getSeq).toList();
  }

  List<FeedEvent> events(long channelId) {
    return responses.stream()
        .filter(SubscribeResponse::hasEvent)
        .map(SubscribeResponse::getEvent)
        .filter(event -> event.getFeed().getId() == channelId)
        .toList();
  }

  /** The events of a workspace's feed. */
  List<WorkspaceEvent> workspaceEvents(long workspaceId) {
    return events(workspaceId).stream().map(TestGateway::workspaceEvent).toList();
  }

  private static WorkspaceEvent workspaceEvent(FeedEvent event) {
    try {
      return WorkspaceEvent.parseFrom(event.getWorkspaceEvent());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  int count() {
    return responses.size();
  }

  @Nullable Throwable fault() {
    return fault;
  }

  boolean completed() {
    return completed;
  }

  static Event parse(FeedEvent event) {
    try {
      return ServerFrame.parseFrom(event.getFrame()).getEvent();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  static FeedId feed(long channelId) {
    return FeedId.newBuilder().setKind(FeedKind.FEED_KIND_CHANNEL).setId(channelId).build();
  }

  @Override
  public void onNext(SubscribeResponse response) {
    responses.add(response);
  }

  @Override
  public void onError(Throwable t) {
    fault = t;
  }

  @Override
  public void onCompleted() {
    completed = true;
  }
}
