package chat.starling.channel.feed;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.internal.v1.WorkspaceEvent;
import chat.starling.api.v1.Author;
import chat.starling.api.v1.Event;
import chat.starling.api.v1.Message;
import chat.starling.api.v1.ServerFrame;
import chat.starling.platform.ids.FeedId;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import org.junit.jupiter.api.Test;

class FeedEntryTest {

  @Test
  void entry_posted_isTheEventThatItsBytesSay() throws InvalidProtocolBufferException {
    String traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    FeedEntry entry = entry("näh 🐦", traceparent);
    Event event = Event.parseFrom(entry.event());
    assertThat(event.getSeq()).isEqualTo(3);
    assertThat(event.getChannelId()).isEqualTo(77);
    assertThat(event.getTraceparent()).isEqualTo(traceparent);
    Message message = event.getMessagePosted();
    assertThat(message.getText()).isEqualTo("näh 🐦");
    assertThat(message.getMessageId()).isEqualTo(4_000_000_000L);
    assertThat(Message.parseFrom(entry.message())).isEqualTo(message);
    assertThat(entry.event()).isEqualTo(event.toByteString());
  }

  @Test
  void entry_readBackFromItsRow_isTheSame() {
    FeedEntry entry = entry("x".repeat(4_000), "");
    assertThat(FeedEntry.of(FeedId.channel(77), new LogRow(3, 1, entry.event()))).isEqualTo(entry);
  }

  @Test
  void entry_ofAWorkspace_isItsEvent_alsoReadBackAndSent() throws InvalidProtocolBufferException {
    FeedId feed = FeedId.workspace(5);
    WorkspaceEvent event =
        WorkspaceEvent.newBuilder()
            .setWorkspaceId(5)
            .setActorId(7)
            .setNonce(ByteString.copyFrom(new byte[16]))
            .build();
    Append append = Append.change(new WorkspaceChange(event, 2), PendingAppends.NOBODY);
    FeedEntry entry = FeedEntry.of(feed, 3, 4_000_000_000L, append);
    WorkspaceEvent whole = event.toBuilder().setSeq(3).setEventId(4_000_000_000L).build();
    assertThat(entry.workspaceEvent()).isEqualTo(whole);
    assertThat(FeedEntry.of(feed, new LogRow(3, 1, entry.event()))).isEqualTo(entry);
    var sent = entry.toResponse(feed, "").getEvent();
    assertThat(WorkspaceEvent.parseFrom(sent.getWorkspaceEvent())).isEqualTo(whole);
    assertThat(sent.getFrame().isEmpty()).isTrue();
  }

  @Test
  void response_holdsAFrameAroundTheSameEvent() throws InvalidProtocolBufferException {
    FeedEntry entry = entry("hello", "");
    var response = entry.toResponse(FeedId.channel(77), "trace");
    ServerFrame frame = ServerFrame.parseFrom(response.getEvent().getFrame());
    assertThat(frame.getEvent()).isEqualTo(Event.parseFrom(entry.event()));
    assertThat(frame.getRef()).isZero();
    assertThat(response.getEvent().getTraceparent()).isEqualTo("trace");
  }

  private static FeedEntry entry(String text, String traceparent) {
    Append append =
        new Append(
            Author.newBuilder().setUserId(7).setDisplayName("Ada").build(),
            ByteString.copyFrom(new byte[16]),
            text,
            false,
            traceparent,
            PendingAppends.NOBODY);
    return FeedEntry.post(FeedId.channel(77), 3, 4_000_000_000L, append);
  }
}
