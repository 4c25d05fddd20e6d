package chat.starling.channel.workspace;

import chat.starling.api.internal.v1.InvitationRow;
import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.WorkspaceChange.MembershipChange;
import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Rows of which each is read once, however many acts are decided on it. For all threads. */
final class RememberedRows implements WorkspaceRows {

  private final WorkspaceRows rows;
  private final Map<List<Object>, CompletionStage<?>> read = new ConcurrentHashMap<>();

  RememberedRows(WorkspaceRows rows) {
    this.rows = rows;
  }

  /** The key begins with what is asked, and all that is asked in one way has one type. */
  @SuppressWarnings("unchecked")
  private <T> CompletionStage<T> once(List<Object> key, Supplier<CompletionStage<T>> question) {
    return (CompletionStage<T>) read.computeIfAbsent(key, absent -> question.get());
  }

  @Override
  public CompletionStage<Optional<Workspace>> workspace(long workspaceId) {
    return once(List.of("workspace", workspaceId), () -> rows.workspace(workspaceId));
  }

  @Override
  public CompletionStage<Optional<MemberRow>> member(long workspaceId, long userId) {
    return once(List.of("member", workspaceId, userId), () -> rows.member(workspaceId, userId));
  }

  @Override
  public CompletionStage<Optional<ChannelState>> channel(long channelId) {
    return once(List.of("channel", channelId), () -> rows.channel(channelId));
  }

  @Override
  public CompletionStage<Optional<ChannelState>> named(long workspaceId, String name) {
    return once(List.of("named", workspaceId, name), () -> rows.named(workspaceId, name));
  }

  @Override
  public CompletionStage<Optional<ChannelState>> direct(long workspaceId, List<Long> userIds) {
    return once(List.of("direct", workspaceId, userIds), () -> rows.direct(workspaceId, userIds));
  }

  @Override
  public CompletionStage<Boolean> isInChannel(long channelId, long userId) {
    return once(List.of("in", channelId, userId), () -> rows.isInChannel(channelId, userId));
  }

  @Override
  public CompletionStage<List<MembershipChange>> memberships(
      long workspaceId, long userId, int limit) {
    return once(
        List.of("memberships", workspaceId, userId, limit),
        () -> rows.memberships(workspaceId, userId, limit));
  }

  @Override
  public CompletionStage<List<Long>> channelsOverriding(long workspaceId, long roleId, int limit) {
    return once(
        List.of("overriding", workspaceId, roleId, limit),
        () -> rows.channelsOverriding(workspaceId, roleId, limit));
  }

  @Override
  public CompletionStage<List<InvitationRow>> invitations(long workspaceId) {
    return once(List.of("invitations", workspaceId), () -> rows.invitations(workspaceId));
  }

  @Override
  public CompletionStage<Optional<DoneAct>> done(long workspaceId, long actorId, ByteString nonce) {
    return once(
        List.of("done", workspaceId, actorId, nonce), () -> rows.done(workspaceId, actorId, nonce));
  }
}
