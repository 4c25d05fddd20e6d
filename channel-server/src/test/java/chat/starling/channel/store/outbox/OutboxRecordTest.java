package chat.starling.channel.store.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.starling.api.internal.v1.FeedKind;
import chat.starling.api.internal.v1.OutboxEvent;
import chat.starling.api.internal.v1.WorkspaceEvent;
import chat.starling.api.v1.Event;
import chat.starling.channel.feed.FeedEntry;
import chat.starling.channel.feed.FeedOutboxContract;
import chat.starling.platform.ids.FeedId;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OutboxRecordTest {

  private static final FeedId FEED = FeedId.channel(42);
  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  @Test
  void key_ofEachKind_isItsNameAndId() {
    assertThat(key(FEED)).isEqualTo("channel/42");
    assertThat(key(new FeedId(chat.starling.platform.ids.FeedKind.WORKSPACE, Long.MAX_VALUE)))
        .isEqualTo("workspace/9223372036854775807");
    assertThat(key(new FeedId(chat.starling.platform.ids.FeedKind.USER, 1))).isEqualTo("user/1");
  }

  @Test
  void value_isWhatProtobufWouldWriteOfTheSame() throws InvalidProtocolBufferException {
    FeedEntry entry = FeedOutboxContract.entry(FEED, 7, TRACE);
    OutboxEvent.Builder same =
        OutboxEvent.newBuilder().setSeq(7).setEvent(Event.parseFrom(entry.event()));
    same.getFeedBuilder().setKind(FeedKind.FEED_KIND_CHANNEL).setId(42);
    assertThat(OutboxRecord.of("t", FEED, entry).value()).isEqualTo(same.build().toByteArray());
  }

  @Test
  void value_ofAWorkspacesEvent_hasItInItsOwnField() throws InvalidProtocolBufferException {
    FeedId workspace = FeedId.workspace(42);
    WorkspaceEvent event =
        WorkspaceEvent.newBuilder().setWorkspaceId(42).setTraceparent(TRACE).build();
    FeedEntry entry = new FeedEntry(7, 1, event.toByteString(), ByteString.EMPTY);
    var record = OutboxRecord.of("t", workspace, entry);
    assertThat(OutboxEvent.parseFrom(record.value()).getWorkspaceEvent()).isEqualTo(event);
    assertThat(OutboxEvent.parseFrom(record.value()).hasEvent()).isFalse();
    assertThat(record.headers().lastHeader("traceparent").value())
        .asString(StandardCharsets.US_ASCII)
        .isEqualTo(TRACE);
  }

  @Test
  void value_holdsTheEventsBytesAsTheyAre_fieldsOfLaterReleasesIncluded() {
    ByteString unknown = ByteString.copyFrom(new byte[] {(byte) 0xA2, 0x06, 1, 'x'});
    ByteString event = FeedOutboxContract.entry(FEED, 7, "").event().concat(unknown);
    byte[] value = OutboxRecord.of("t", FEED, new FeedEntry(7, 1, event, event)).value();
    assertThat(ByteString.copyFrom(value).endsWith(event)).isTrue();
  }

  @Test
  void headers_ofTracedAndUntracedEvents_haveTheTraceOrNothing() {
    var traced = OutboxRecord.of("t", FEED, FeedOutboxContract.entry(FEED, 7, TRACE));
    assertThat(traced.headers().lastHeader("traceparent").value())
        .asString(StandardCharsets.US_ASCII)
        .isEqualTo(TRACE);
    var untraced = OutboxRecord.of("t", FEED, FeedOutboxContract.entry(FEED, 7, ""));
    assertThat(untraced.headers()).isEmpty();
  }

  @Test
  void of_bytesThatAreNoEvent_saysWhichEvent() {
    ByteString broken = ByteString.copyFrom(new byte[] {0x1A, 100, 1});
    assertThatThrownBy(() -> OutboxRecord.of("t", FEED, new FeedEntry(7, 1, broken, broken)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("event 7 of")
        .hasMessageContaining("42");
  }

  private static String key(FeedId feed) {
    byte[] key = OutboxRecord.of("t", feed, FeedOutboxContract.entry(FEED, 1, "")).key();
    return new String(key, StandardCharsets.US_ASCII);
  }
}
