package chat.starling.gateway.rpc;

import chat.starling.api.internal.v1.ReadHistoryRequest;
import chat.starling.api.internal.v1.ReadHistoryResponse;
import chat.starling.api.v1.HistoryServiceGrpc.HistoryServiceImplBase;
import chat.starling.api.v1.ListMessagesRequest;
import chat.starling.api.v1.ListMessagesResponse;
import chat.starling.api.v1.Message;
import chat.starling.gateway.runtime.KnownUsers;
import chat.starling.gateway.runtime.Permits;
import chat.starling.gateway.upstream.ChannelServers;
import chat.starling.platform.permission.Permission;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Old messages, for members of their channel who may read them. */
final class HistoryRpc extends HistoryServiceImplBase {

  private static final int DEFAULT_PAGE = 50;

  /** A user is 3 kB at most, so what fits into an answer beside the longest page. */
  private static final int MOST_USERS = 200;

  private final Caller caller;
  private final Permits permits;
  private final ChannelServers servers;
  private final KnownUsers users;

  HistoryRpc(Caller caller, Permits permits, ChannelServers servers, KnownUsers users) {
    this.users = users;
    this.caller = caller;
    this.permits = permits;
    this.servers = servers;
  }

  @Override
  public void listMessages(
      ListMessagesRequest request, StreamObserver<ListMessagesResponse> answer) {
    caller.serve(
        answer,
        identity -> {
          ReadHistoryRequest read = checked(request);
          return permits
              .check(identity, request.getChannelId(), Permission.READ_HISTORY)
              .thenCompose(permit ->
                  servers
                      .owner(request.getChannelId())
                      .readHistory(read)
                      .thenApply(HistoryRpc::page)
                      .thenCompose(page ->
                          request.getUsers()
                              ? withUsers(permit.workspaceId(), page)
                              : CompletableFuture.completedFuture(page)));
        });
  }

  /** The page counts, also when its authors cannot be read. */
  private CompletableFuture<ListMessagesResponse> withUsers(
      long workspaceId, ListMessagesResponse page) {
    List<Long> authors =
        page.getMessagesList().reversed().stream()
            .map(message -> message.getAuthor().getUserId())
            .distinct()
            .limit(MOST_USERS)
            .toList();
    return users
        .of(workspaceId, authors)
        .thenApply(found -> {
          ListMessagesResponse.Builder named = page.toBuilder();
          found.values().forEach(user -> named.addUsers(user.shown()));
          return named.build();
        })
        .exceptionally(fault -> page);
  }

  private static ReadHistoryRequest checked(ListMessagesRequest request) {
    Requests.id("channel_id", request.getChannelId());
    int size = Requests.pageSize(request.hasPageSize(), request.getPageSize(), DEFAULT_PAGE);
    ReadHistoryRequest.Builder read =
        ReadHistoryRequest.newBuilder().setChannelId(request.getChannelId()).setLimit(size);
    switch (request.getPositionCase()) {
      case BEFORE -> read.setBefore(Requests.id("before", request.getBefore()));
      case AFTER -> read.setAfter(Requests.id("after", request.getAfter()));
      case AROUND -> read.setAround(Requests.id("around", request.getAround()));
      case POSITION_NOT_SET -> {}
    }
    return read.build();
  }

  private static ListMessagesResponse page(ReadHistoryResponse read) {
    ListMessagesResponse.Builder page =
        ListMessagesResponse.newBuilder()
            .setHasOlder(read.getHasOlder())
            .setHasNewer(read.getHasNewer());
    for (ByteString message : read.getMessagesList()) {
      try {
        page.addMessages(Message.parseFrom(message));
      } catch (InvalidProtocolBufferException e) {
        throw new IllegalStateException("a message of the history view", e);
      }
    }
    return page.build();
  }
}
