package chat.starling.client.testing;

import chat.starling.api.v1.DeleteMessageRequest;
import chat.starling.api.v1.DeleteMessageResponse;
import chat.starling.api.v1.Event;
import chat.starling.api.v1.Message;
import chat.starling.api.v1.ModerationServiceGrpc.ModerationServiceImplBase;
import io.grpc.stub.StreamObserver;

/** Deletions of a {@link MemoryServer}, by whomever. */
final class MemoryModerationCalls extends ModerationServiceImplBase {
  private final MemoryChannels channels;

  MemoryModerationCalls(MemoryChannels channels) {
    this.channels = channels;
  }

  @Override
  public void deleteMessage(
      DeleteMessageRequest request, StreamObserver<DeleteMessageResponse> out) {
    Message message =
        channels.log(request.getChannelId()).stream()
            .map(Event::getMessagePosted)
            .filter(one -> one.getMessageId() == request.getMessageId())
            .findFirst()
            .orElseThrow(IllegalArgumentException::new);
    channels.delete(message, 7);
    MemoryMemberCalls.answer(out, DeleteMessageResponse.getDefaultInstance());
  }
}
