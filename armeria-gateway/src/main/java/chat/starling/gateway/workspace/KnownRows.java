package chat.starling.gateway.workspace;

import chat.starling.api.internal.v1.WorkspaceChange;
import chat.starling.api.internal.v1.WorkspaceChange.MembershipChange;
import chat.starling.api.internal.v1.WorkspaceEvent;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * What is known of channels, members and memberships of all workspaces: read when it is first
 * needed, and changed by the events of its workspace from then on. How much is kept without being
 * used is bounded; a row that somebody uses is kept and changed as long as he does.
 */
final class KnownRows {

  private record InWorkspace(long workspaceId, long userId) {}

  private record InChannel(long channelId, long userId) {}

  private final Cache<Long, KnownChannel> channels = Caffeine.newBuilder().weakValues().build();
  private final Cache<InWorkspace, KnownMember> members =
      Caffeine.newBuilder().weakValues().build();
  private final Cache<InChannel, Permit> permits = Caffeine.newBuilder().weakValues().build();
  private final Cache<Long, KnownChannel> keptChannels;
  private final Cache<InChannel, Permit> keptPermits;
  private final AtomicLong stamps = new AtomicLong();
  private final WorkspaceReads reads;

  /**
   * @param mostChannels that are kept without being used
   * @param mostPermits that are kept without being used
   */
  KnownRows(WorkspaceReads reads, int mostChannels, int mostPermits) {
    this.reads = reads;
    keptChannels = Caffeine.newBuilder().maximumSize(mostChannels).recordStats().build();
    keptPermits = Caffeine.newBuilder().maximumSize(mostPermits).recordStats().build();
  }

  /** What a user may do in a channel, as far as it is known. */
  Permit permit(long channelId, long userId) {
    InChannel key = new InChannel(channelId, userId);
    return keptPermits.get(key, absent -> permits.get(key, this::newPermit));
  }

  private Permit newPermit(InChannel key) {
    return new Permit(
        channel(key.channelId), new Row<>(() -> reads.membership(key.channelId, key.userId)));
  }

  KnownChannel channel(long channelId) {
    return keptChannels.get(channelId, absent -> channels.get(channelId, this::newChannel));
  }

  private KnownChannel newChannel(long channelId) {
    return new KnownChannel(
        channelId, new Row<>(() -> reads.channel(channelId).thenApply(ChannelFacts::of)));
  }

  KnownMember member(long workspaceId, long userId) {
    return members.get(
        new InWorkspace(workspaceId, userId),
        key ->
            new KnownMember(
                new Row<>(() -> reads.member(workspaceId, userId).thenApply(MemberFacts::of))));
  }

  /** The channel's workspace as far as it is known here; 0 when it is not. */
  long workspaceOf(long channelId) {
    KnownChannel channel = channels.getIfPresent(channelId);
    ChannelFacts facts = channel == null ? null : channel.row().now();
    return facts == null ? 0 : facts.workspaceId();
  }

  CacheFigures channelFigures() {
    return CacheFigures.of(keptChannels);
  }

  CacheFigures permitFigures() {
    return CacheFigures.of(keptPermits);
  }

  /** Brings an event to what is known here. On the thread that brings the events. */
  void apply(Replica replica, WorkspaceEvent event) {
    long seq = event.getSeq();
    List<WorkspaceChange> rules =
        event.getChangesList().stream().filter(RulesFacts::concerns).toList();
    if (!rules.isEmpty()) {
      replica.rules().change(old -> old.after(rules, seq));
      replica.rulesTouched(stamps.incrementAndGet());
    }
    event.getChangesList().forEach(change -> apply(replica, change, seq));
  }

  private void apply(Replica replica, WorkspaceChange change, long seq) {
    switch (change.getChangeCase()) {
      case MEMBER -> {
        InWorkspace key = new InWorkspace(replica.id(), change.getMember().getUserId());
        KnownMember member = members.getIfPresent(key);
        if (member != null) {
          member.row().change(old -> old.after(change.getMember(), seq));
          member.touched(stamps.incrementAndGet());
        }
        touch(replica);
      }
      case CHANNEL ->
          apply(
              replica,
              change.getChannel().getChannelId(),
              old -> old.with(change.getChannel(), seq));
      case OVERRIDE ->
          apply(
              replica,
              change.getOverride().getChannelId(),
              old -> old.with(change.getOverride().getOverride(), seq));
      case MEMBERSHIP -> apply(change.getMembership());
      default -> {}
    }
  }

  private void apply(Replica replica, long channelId, UnaryOperator<ChannelFacts> change) {
    KnownChannel channel = channels.getIfPresent(channelId);
    if (channel != null) {
      channel.row().change(change);
      channel.touched(stamps.incrementAndGet());
    }
    touch(replica);
  }

  private void apply(MembershipChange change) {
    Permit permit = permits.getIfPresent(new InChannel(change.getChannelId(), change.getUserId()));
    if (permit != null) {
      permit.membership().change(old -> change.getMember());
      permit.channel().touched(stamps.incrementAndGet());
    }
  }

  private void touch(Replica replica) {
    replica.anyTouched(stamps.incrementAndGet());
  }

  /** Also what is just being read of a channel of which it is not known where it belongs. */
  void forget(Replica replica) {
    long id = replica.id();
    replica.rules().forget();
    members
        .asMap()
        .forEach((key, member) -> {
          if (key.workspaceId == id) {
            member.row().forget();
          }
        });
    permits
        .asMap()
        .forEach((key, permit) -> {
          if (isOf(permit.channel(), id)) {
            permit.membership().forget();
          }
        });
    channels
        .asMap()
        .forEach((key, channel) -> {
          if (isOf(channel, id)) {
            channel.row().forget();
          }
        });
    replica.rulesTouched(stamps.incrementAndGet());
  }

  private static boolean isOf(KnownChannel channel, long workspaceId) {
    ChannelFacts facts = channel.row().now();
    return facts == null || facts.workspaceId() == workspaceId;
  }
}
