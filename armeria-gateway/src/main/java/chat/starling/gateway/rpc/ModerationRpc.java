package chat.starling.gateway.rpc;

import chat.starling.api.v1.DeleteMessageRequest;
import chat.starling.api.v1.DeleteMessageResponse;
import chat.starling.api.v1.ModerationServiceGrpc.ModerationServiceImplBase;
import chat.starling.gateway.runtime.Permits;
import chat.starling.gateway.signin.Identity;
import chat.starling.gateway.upstream.ChannelServers;
import chat.starling.gateway.workspace.Permit;
import chat.starling.platform.permission.Permission;
import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Deletes messages, for those who may. */
final class ModerationRpc extends ModerationServiceImplBase {

  private final Caller caller;
  private final Permits permits;
  private final ChannelServers servers;

  ModerationRpc(Caller caller, Permits permits, ChannelServers servers) {
    this.caller = caller;
    this.permits = permits;
    this.servers = servers;
  }

  @Override
  public void deleteMessage(
      DeleteMessageRequest request, StreamObserver<DeleteMessageResponse> answer) {
    caller.serve(
        answer,
        identity -> {
          long channelId = Requests.id("channel_id", request.getChannelId());
          long messageId = Requests.id("message_id", request.getMessageId());
          return permits
              .check(identity, channelId, Permission.VIEW_CHANNEL)
              .thenCompose(permit -> delete(identity, permit, channelId, messageId));
        });
  }

  private CompletableFuture<DeleteMessageResponse> delete(
      Identity identity, Permit permit, long channelId, long messageId) {
    boolean others = permits.allows(permit, Permission.MANAGE_MESSAGES);
    if (!others && !permits.allows(permit, Permission.SEND_MESSAGES)) {
      return CompletableFuture.failedFuture(Permits.missing(channelId, Permission.SEND_MESSAGES));
    }
    return servers
        .owner(channelId)
        .deleteMessage(
            chat.starling.api.internal.v1.DeleteMessageRequest.newBuilder()
                .setChannelId(channelId)
                .setMessageId(messageId)
                .setUserId(identity.userId())
                .setOthers(others)
                .setNonce(nonce())
                .build())
        .thenApply(done -> DeleteMessageResponse.newBuilder().setSeq(done.getSeq()).build());
  }

  private static ByteString nonce() {
    UUID random = UUID.randomUUID();
    return ByteString.copyFrom(
        ByteBuffer.allocate(16)
            .putLong(random.getMostSignificantBits())
            .putLong(random.getLeastSignificantBits())
            .flip());
  }
}
