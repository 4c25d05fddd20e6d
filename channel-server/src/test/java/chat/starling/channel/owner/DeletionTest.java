package chat.starling.channel.owner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.starling.api.internal.v1.ChannelRow;
import chat.starling.api.internal.v1.DeleteMessageRequest;
import chat.starling.api.internal.v1.SubscribeResponse;
import chat.starling.api.internal.v1.WorkspaceChange;
import chat.starling.api.internal.v1.WorkspaceEvent;
import chat.starling.api.v1.Event;
import chat.starling.api.v1.Message;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.ServerFrame;
import chat.starling.channel.feed.FeedEntry;
import chat.starling.channel.history.Position;
import chat.starling.channel.history.StoredMessage;
import chat.starling.channel.relay.FeedSubscriber;
import chat.starling.channel.relay.Stage;
import chat.starling.platform.refusal.RefusedException;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A deleted message's text is handed out nowhere: neither from memory nor from the store. */
class DeletionTest {

  private static final int EVENTS = 40;
  private static final long AUTHOR = SimOwner.AUTHOR;
  private static final long MODERATOR = 99;
  private static final long WORKSPACE = 5;

  private final SimOwner owner = new SimOwner(8);

  @Test
  void recentMessage_deletedByItsAuthor_isWithoutTextAtOnceAndForEver() {
    post(EVENTS);
    long id = idOf(EVENTS);
    assertThat(delete(id, AUTHOR, false)).isEqualTo(EVENTS + 1);
    assertGone(EVENTS, AUTHOR);
    owner.sleep();
    assertGone(EVENTS, AUTHOR);
  }

  @Test
  void oldMessage_deletedByAModerator_isWithoutTextAtOnceAndForEver() {
    post(EVENTS);
    long id = idOf(3);
    owner.run(Duration.ofMinutes(1));
    assertThat(messageOf(3).getText()).isEqualTo("text 3");
    assertThat(delete(id, MODERATOR, true)).isEqualTo(EVENTS + 1);
    assertGone(3, MODERATOR);
    post(20); // its deletion leaves the memory
    owner.run(Duration.ofMinutes(1));
    assertGone(3, MODERATOR);
    owner.sleep();
    assertGone(3, MODERATOR);
  }

  @Test
  void message_deletedAgain_isDeletedOnce() {
    post(EVENTS);
    long id = idOf(2);
    CompletionStage<Long> first = ask(id, MODERATOR, true);
    CompletionStage<Long> second = ask(id, AUTHOR, false);
    assertThat(owner.answer(first)).isEqualTo(EVENTS + 1);
    assertThat(owner.answer(second)).isEqualTo(EVENTS + 1);
    assertThat(delete(id, AUTHOR, false)).isZero();
    owner.sleep();
    assertThat(delete(id, AUTHOR, false)).isZero();
    assertGone(2, messageOf(2).getDeletedBy());
  }

  @Test
  void anothersMessage_isNotDeletedWithoutTheRight() {
    post(2);
    assertRefused(ask(idOf(1), MODERATOR, false), Reason.REASON_PERMISSION_MISSING);
    assertRefused(ask(idOf(2) + 1, MODERATOR, true), Reason.REASON_MESSAGE_NOT_FOUND);
    assertThat(messageOf(1).getText()).isEqualTo("text 1");
  }

  @Test
  void deletion_ofAnothersMessage_isInTheAuditLogOnce_onesOwnIsNot() {
    found();
    post(2);
    long id = idOf(1);
    delete(idOf(2), AUTHOR, false);
    delete(id, MODERATOR, true);
    owner.sleep();
    List<WorkspaceEvent> entries = auditLog();
    assertThat(entries).hasSize(1);
    WorkspaceEvent entry = entries.getFirst();
    assertThat(entry.getActorId()).isEqualTo(MODERATOR);
    assertThat(entry.getAct().getDeleteMessage().getMessageId()).isEqualTo(id);
    assertThat(entry.getAct().getDeleteMessage().getUserId()).isEqualTo(AUTHOR);
  }

  @Test
  void subscriber_whoComesLater_getsTheEventWithoutTextAndTheDeletion() {
    post(EVENTS);
    delete(idOf(3), MODERATOR, true);
    List<Event> events = new ArrayList<>();
    owner.feeds().subscribe(SimOwner.FEED, OptionalLong.of(1), new Listener(events));
    owner.run(Duration.ofSeconds(5));
    assertThat(events).extracting(Event::getSeq).containsExactlyElementsOf(upTo(EVENTS + 1));
    assertThat(events.get(0).getMessagePosted().getText()).isEqualTo("text 2");
    assertThat(events.get(1).getMessagePosted()).isEqualTo(messageOf(3));
    assertThat(events.getLast().getMessageDeleted().getMessageSeq()).isEqualTo(3);
  }

  private static List<Long> upTo(long last) {
    return LongStream.rangeClosed(2, last).boxed().toList();
  }

  /** Nothing that others are shown holds the text of the event's message. */
  private void assertGone(long seq, long by) {
    Message left = messageOf(seq);
    assertThat(left.getText()).isEmpty();
    assertThat(left.getDeletedBy()).isEqualTo(by);
    assertThat(left.getAuthor().getUserId()).isEqualTo(AUTHOR);
    FeedEntry event =
        owner.answer(owner.feeds().events(SimOwner.FEED, seq - 1, 1)).entries().get(0);
    assertThat(event.parsedMessage()).isEqualTo(left);
  }

  private Message messageOf(long seq) {
    var page = owner.feeds().history(SimOwner.FEED.id(), new Position.Newest(), 1_000);
    List<Message> messages =
        owner.answer(page).messages().stream().map(StoredMessage::parsed).toList();
    return messages.stream().filter(message -> message.getSeq() == seq).findFirst().orElseThrow();
  }

  private long idOf(long seq) {
    return owner
        .answer(owner.feeds().events(SimOwner.FEED, seq - 1, 1))
        .entries()
        .get(0)
        .messageId();
  }

  private void post(int messages) {
    for (int i = 0; i < messages; i++) {
      owner.post();
    }
  }

  private long delete(long messageId, long userId, boolean others) {
    return owner.answer(ask(messageId, userId, others));
  }

  private CompletionStage<Long> ask(long messageId, long userId, boolean others) {
    return owner
        .feeds()
        .delete(
            DeleteMessageRequest.newBuilder()
                .setChannelId(SimOwner.FEED.id())
                .setMessageId(messageId)
                .setUserId(userId)
                .setOthers(others)
                .setNonce(
                    ByteString.copyFrom(
                        ByteBuffer.allocate(16).putLong(messageId).putLong(userId).flip()))
                .build(),
            "");
  }

  private void assertRefused(CompletionStage<Long> deletion, Reason reason) {
    assertThatThrownBy(() -> owner.answer(deletion))
        .rootCause()
        .isInstanceOfSatisfying(
            RefusedException.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
  }

  private void found() {
    var _ =
        owner
            .database()
            .workspaces()
            .apply(
                List.of(
                    WorkspaceEvent.newBuilder()
                        .setWorkspaceId(WORKSPACE)
                        .setSeq(1)
                        .addChanges(
                            WorkspaceChange.newBuilder()
                                .setChannel(
                                    ChannelRow.newBuilder().setChannelId(SimOwner.FEED.id())))
                        .build()));
  }

  private List<WorkspaceEvent> auditLog() {
    var rows = owner.database().workspaces();
    return rows
        .auditBuckets(WORKSPACE, Long.MAX_VALUE, 10)
        .thenCompose(days -> rows.audit(WORKSPACE, days.getFirst(), Long.MAX_VALUE, 10))
        .toCompletableFuture()
        .join()
        .stream()
        .filter(entry -> entry.getAct().hasDeleteMessage())
        .toList();
  }

  /** Writes down the events that it gets. */
  private record Listener(List<Event> events) implements FeedSubscriber {

    @Override
    public void added(long lastSeq, long fromSeq) {}

    @Override
    public void refused(Reason reason) {
      throw new AssertionError(reason);
    }

    @Override
    public void referred(String serverId, Stage stage) {
      throw new AssertionError(serverId);
    }

    @Override
    public void event(SubscribeResponse event) {
      try {
        events.add(ServerFrame.parseFrom(event.getEvent().getFrame()).getEvent());
      } catch (InvalidProtocolBufferException e) {
        throw new AssertionError(e);
      }
    }
  }
}
