package chat.starling.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.starling.api.v1.AuditAction;
import chat.starling.api.v1.AuditEntry;
import chat.starling.api.v1.AuditServiceGrpc;
import chat.starling.api.v1.ChannelServiceGrpc;
import chat.starling.api.v1.ClientFrame;
import chat.starling.api.v1.CreateChannelRequest;
import chat.starling.api.v1.DeleteMessageRequest;
import chat.starling.api.v1.EnterWorkspaceRequest;
import chat.starling.api.v1.Event;
import chat.starling.api.v1.Filters;
import chat.starling.api.v1.Focus;
import chat.starling.api.v1.FoundWorkspaceRequest;
import chat.starling.api.v1.HistoryServiceGrpc;
import chat.starling.api.v1.JoinChannelRequest;
import chat.starling.api.v1.ListAuditLogRequest;
import chat.starling.api.v1.ListMessagesRequest;
import chat.starling.api.v1.Message;
import chat.starling.api.v1.ModerationServiceGrpc;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Send;
import chat.starling.api.v1.ServerFrame;
import chat.starling.api.v1.SetFiltersRequest;
import chat.starling.api.v1.SetSlowModeRequest;
import chat.starling.api.v1.View;
import chat.starling.api.v1.WorkspaceServiceGrpc;
import chat.starling.devstack.issuer.TokenIssuer;
import com.google.protobuf.ByteString;
import io.grpc.Channel;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** Deletions, slow mode, mentions and filters on real servers, by two people. */
class ModerationIT {

  private static final RunningStack STACK = RunningStack.shared();

  private final long workspace = ThreadLocalRandom.current().nextLong(1L << 40, 1L << 50);
  private final String adasToken = STACK.tokens().founder("ada", workspace);
  private final String bensToken = STACK.tokens().of("ben", workspace);
  private final Channel ada = STACK.channel(adasToken);
  private final Channel ben = STACK.channel(bensToken);
  private int ref;

  @Test
  void channel_isModerated() {
    long channel = foundedChannel();
    RawSession owner = viewing(ada, adasToken, channel);
    RawSession member = viewing(ben, bensToken, channel);

    Message posted = posted(send(member, channel, "@everyone, hello"), member, owner);
    assertThat(posted.getMentions().getEveryone()).isFalse();
    Message mention = posted(send(owner, channel, "hello @here"), owner, member);
    assertThat(mention.getMentions().getEveryone()).isTrue();
    assertThat(answer(owner, send(owner, channel, "@here again")).getRefusal().getReason())
        .isEqualTo(Reason.REASON_RATE_LIMITED);

    ModerationServiceGrpc.newBlockingStub(ada)
        .setFilters(
            SetFiltersRequest.newBuilder()
                .setWorkspaceId(workspace)
                .setFilters(Filters.newBuilder().addWords("crow").addPatterns("r[a4]ven"))
                .build());
    for (String text : List.of("a Crow", "no r4vens")) {
      assertThat(answer(member, send(member, channel, text)).getRefusal().getReason())
          .isEqualTo(Reason.REASON_FILTERED);
    }

    ChannelServiceGrpc.newBlockingStub(ada)
        .setSlowMode(SetSlowModeRequest.newBuilder().setChannelId(channel).setSeconds(600).build());
    assertThat(answer(member, send(member, channel, "too soon")).getRefusal().getReason())
        .isEqualTo(Reason.REASON_RATE_LIMITED);

    ModerationServiceGrpc.newBlockingStub(ada)
        .deleteMessage(
            DeleteMessageRequest.newBuilder()
                .setChannelId(channel)
                .setMessageId(posted.getMessageId())
                .build());
    assertThat(event(member).getMessageDeleted().getMessageId()).isEqualTo(posted.getMessageId());
    Message left =
        HistoryServiceGrpc.newBlockingStub(ben)
            .listMessages(ListMessagesRequest.newBuilder().setChannelId(channel).build())
            .getMessages(0);
    assertThat(left.getText()).isEmpty();
    assertThat(left.getDeletedBy()).isEqualTo(TokenIssuer.userId("ada"));
    await()
        .untilAsserted(() ->
            assertThat(log())
                .extracting(AuditEntry::getAction)
                .contains(
                    AuditAction.AUDIT_ACTION_DELETE_MESSAGE, AuditAction.AUDIT_ACTION_SET_FILTERS));
  }

  private long foundedChannel() {
    WorkspaceServiceGrpc.newBlockingStub(ada)
        .foundWorkspace(
            FoundWorkspaceRequest.newBuilder().setWorkspaceId(workspace).setName("Birds").build());
    WorkspaceServiceGrpc.newBlockingStub(ben)
        .enterWorkspace(EnterWorkspaceRequest.newBuilder().setWorkspaceId(workspace).build());
    long channel =
        ChannelServiceGrpc.newBlockingStub(ada)
            .createChannel(
                CreateChannelRequest.newBuilder()
                    .setWorkspaceId(workspace)
                    .setName("nests")
                    .build())
            .getChannel()
            .getChannelId();
    ChannelServiceGrpc.newBlockingStub(ben)
        .joinChannel(JoinChannelRequest.newBuilder().setChannelId(channel).build());
    return channel;
  }

  private List<AuditEntry> log() {
    return AuditServiceGrpc.newBlockingStub(ada)
        .listAuditLog(ListAuditLogRequest.newBuilder().setWorkspaceId(workspace).build())
        .getEntriesList();
  }

  private RawSession viewing(Channel channel, String token, long id) {
    RawSession session = RawSession.ready(channel, token);
    session.send(
        ClientFrame.newBuilder()
            .setRef(++ref)
            .setFocus(Focus.newBuilder().addViews(View.newBuilder().setChannelId(id)))
            .build());
    assertThat(session.next().hasFocused()).isTrue();
    return session;
  }

  private int send(RawSession session, long channel, String text) {
    UUID nonce = UUID.randomUUID();
    session.send(
        ClientFrame.newBuilder()
            .setRef(++ref)
            .setSend(
                Send.newBuilder()
                    .setChannelId(channel)
                    .setText(text)
                    .setNonce(
                        ByteString.copyFrom(
                            ByteBuffer.allocate(16)
                                .putLong(nonce.getMostSignificantBits())
                                .putLong(nonce.getLeastSignificantBits())
                                .flip())))
            .build());
    return ref;
  }

  /** The message, once its sender has the answer and both have seen it. */
  private static Message posted(int asked, RawSession sender, RawSession other) {
    boolean answered = false;
    Message seen = Message.getDefaultInstance();
    while (!answered || seen.getMessageId() == 0) {
      ServerFrame frame = sender.next();
      answered |= frame.getRef() == asked && frame.hasSent();
      seen = frame.hasEvent() ? frame.getEvent().getMessagePosted() : seen;
    }
    assertThat(event(other).getMessagePosted()).isEqualTo(seen);
    return seen;
  }

  private static ServerFrame answer(RawSession session, int asked) {
    ServerFrame frame = session.next();
    while (frame.getRef() != asked) {
      frame = session.next();
    }
    return frame;
  }

  private static Event event(RawSession session) {
    ServerFrame frame = session.next();
    while (!frame.hasEvent()) {
      frame = session.next();
    }
    return frame.getEvent();
  }
}
