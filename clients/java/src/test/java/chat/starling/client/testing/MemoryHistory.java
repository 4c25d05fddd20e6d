package chat.starling.client.testing;

import chat.starling.api.v1.Event;
import chat.starling.api.v1.HistoryServiceGrpc.HistoryServiceImplBase;
import chat.starling.api.v1.ListMessagesRequest;
import chat.starling.api.v1.ListMessagesResponse;
import chat.starling.api.v1.Message;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.stream.Collectors;

/** The history rpc of a {@link MemoryServer}: the newest page, or the one before an id. */
final class MemoryHistory extends HistoryServiceImplBase {
  private final MemoryChannels channels;

  MemoryHistory(MemoryChannels channels) {
    this.channels = channels;
  }

  @Override
  public void listMessages(ListMessagesRequest request, StreamObserver<ListMessagesResponse> out) {
    if (request.getPageSize() < 1 || request.getPageSize() > 1000) {
      String value = Integer.toString(request.getPageSize());
      out.onError(
          Refuse.with(Status.Code.INVALID_ARGUMENT, "PAGE_SIZE", "page_size", value, "1..1000"));
      return;
    }
    List<Message> messages =
        channels.log(request.getChannelId()).stream()
            .filter(Event::hasMessagePosted)
            .map(Event::getMessagePosted)
            .filter(message -> !request.hasBefore() || message.getMessageId() < request.getBefore())
            .collect(Collectors.toList());
    int from = Math.max(0, messages.size() - request.getPageSize());
    out.onNext(
        ListMessagesResponse.newBuilder()
            .addAllMessages(messages.subList(from, messages.size()))
            .setHasOlder(from > 0)
            .setHasNewer(request.hasBefore())
            .build());
    out.onCompleted();
  }
}
