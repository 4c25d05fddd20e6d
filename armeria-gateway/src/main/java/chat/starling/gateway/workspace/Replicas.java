package chat.starling.gateway.workspace;

import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.WorkspaceChange;
import chat.starling.api.internal.v1.WorkspaceChange.MembershipChange;
import chat.starling.api.internal.v1.WorkspaceEvent;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The workspaces that this gateway goes by. A workspace's feed is followed as long as it has
 * sessions here or is asked for; its rows are read when they are first needed and changed by the
 * feed's events from then on. How many are kept without being used is bounded; a row that somebody
 * uses is kept and changed as long as he does.
 */
public final class Replicas implements WorkspaceFollower {

  /** Bounds of what is kept. */
  public record Limits(int permits, int channels, long idleNanos) {}

  /** Is told that a user has become a member of a channel, or is not one any more. */
  @FunctionalInterface
  public interface MembershipListener {
    /** Called on the thread that brings the events, before anybody is told that they hold here. */
    void changed(long workspaceId, long channelId, long userId, boolean member);
  }

  private record InWorkspace(long workspaceId, long userId) {}

  private record InChannel(long channelId, long userId) {}

  private final Map<Long, Replica> workspaces = new ConcurrentHashMap<>();
  private final Cache<Long, KnownChannel> channels = Caffeine.newBuilder().weakValues().build();
  private final Cache<InWorkspace, KnownMember> members =
      Caffeine.newBuilder().weakValues().build();
  private final Cache<InChannel, Permit> permits = Caffeine.newBuilder().weakValues().build();
  private final Cache<Long, KnownChannel> keptChannels;
  private final Cache<InChannel, Permit> keptPermits;
  private final AtomicLong stamps = new AtomicLong();
  private final WorkspaceFeeds feeds;
  private final WorkspaceReads reads;
  private final Limits limits;
  private final LongSupplier nanos;
  private volatile MembershipListener listener = (workspace, channel, user, member) -> {};

  private volatile WorkspaceChanges changes = WorkspaceChanges.NOBODY;

  /**
   * @param nanos the time by a clock that only goes forward
   */
  public Replicas(WorkspaceFeeds feeds, WorkspaceReads reads, Limits limits, LongSupplier nanos) {
    this.feeds = feeds;
    this.reads = reads;
    this.limits = limits;
    this.nanos = nanos;
    keptChannels = Caffeine.newBuilder().maximumSize(limits.channels()).recordStats().build();
    keptPermits = Caffeine.newBuilder().maximumSize(limits.permits()).recordStats().build();
  }

  /** From now on this one is told of memberships. */
  public void listen(MembershipListener who) {
    listener = who;
  }

  /** From now on this one is told of all changes, before anybody is told that they hold here. */
  public void listen(WorkspaceChanges who) {
    changes = who;
  }

  /** Completes when what was heard of the workspace may be gone by; it is followed from now on. */
  public CompletableFuture<Void> open(long workspaceId) {
    return workspace(workspaceId).whenOpen();
  }

  /** A session of this workspace has come. */
  public void enter(long workspaceId) {
    follow(
        workspaces.compute(
            workspaceId,
            (id, known) -> {
              Replica replica = known == null ? newReplica(id) : known;
              replica.hold(1);
              return replica;
            }));
  }

  /** A session of this workspace has gone. */
  public void leave(long workspaceId) {
    workspaces.computeIfPresent(
        workspaceId,
        (id, known) -> {
          known.hold(-1);
          known.used();
          return known;
        });
  }

  /**
   * What the user may do in the channel, with all that it depends on read and to be gone by at this
   * moment; the user may not be a member. Fails with CHANNEL_NOT_FOUND, and with what kept us from
   * reading.
   */
  public CompletableFuture<Permit> permit(long channelId, long userId) {
    Permit permit = permitOf(channelId, userId);
    if (permit.isKnown() && permit.isJoined()) {
      return CompletableFuture.completedFuture(permit);
    }
    if (Boolean.FALSE.equals(permit.membership().now())) {
      permit.membership().forget(); // only a yes is remembered
    }
    return complete(permit, userId);
  }

  /** One user's sight of one workspace. */
  public Sight sight(long workspaceId, long userId) {
    return new Sight(workspace(workspaceId), memberOf(workspaceId, userId), this::channelOf);
  }

  /** A user as any other may see him, true at some moment after this call. */
  public CompletableFuture<MemberRow> member(long workspaceId, long userId) {
    return sight(workspaceId, userId).standing().thenApply(Standing::member);
  }

  /**
   * A channel, whoever sees it, true at some moment after this call. Fails with CHANNEL_NOT_FOUND.
   */
  public CompletableFuture<ChannelFacts> channel(long channelId) {
    KnownChannel channel = channelOf(channelId);
    return channel
        .row()
        .get()
        .thenCompose(facts -> {
          channel.belongsTo(workspace(facts.workspaceId()));
          return workspace(facts.workspaceId()).whenOpen();
        })
        .thenCompose(open -> channel.row().get())
        .thenCompose(facts ->
            channel.isOpen() ? CompletableFuture.completedFuture(facts) : channel(channelId));
  }

  /** The channel's workspace, which never changes. Fails with CHANNEL_NOT_FOUND. */
  public CompletableFuture<Long> home(long channelId) {
    return channelOf(channelId).row().get().thenApply(ChannelFacts::workspaceId);
  }

  /** The channel's workspace as far as it is known here; 0 when it is not. */
  public long workspaceOf(long channelId) {
    KnownChannel channel = channels.getIfPresent(channelId);
    ChannelFacts facts = channel == null ? null : channel.row().now();
    return facts == null ? 0 : facts.workspaceId();
  }

  /** Time has passed: asks to be trusted for longer, and ends what nobody has used for a while. */
  public void tick() {
    long now = nanos.getAsLong();
    for (Replica replica : workspaces.values()) {
      if (replica.isStanding() && replica.rules().now() == null) {
        readRules(replica); // the last read has failed, or is under way
      }
      if (replica.mustAsk(now)) {
        feeds.applied(replica.id(), replica.seq(), now);
      }
      if (isIdle(replica, now)) {
        workspaces.computeIfPresent(
            replica.id(), (id, known) -> known == replica ? endIfIdle(known, now) : known);
      }
    }
  }

  /** Workspaces that are followed. */
  public int size() {
    return workspaces.size();
  }

  /** What is kept without being used: how much, how often it was of use, and how often not. */
  public CacheFigures channelFigures() {
    return CacheFigures.of(keptChannels);
  }

  /** The same of what users may do in channels. */
  public CacheFigures permitFigures() {
    return CacheFigures.of(keptPermits);
  }

  @Override
  public void started(long workspaceId, long seq) {
    Replica replica = workspaces.get(workspaceId);
    if (replica == null) {
      return;
    }
    forgetAll(replica);
    changes.lost(workspaceId);
    replica.reached(seq);
    ask(replica);
    readRules(replica);
  }

  @Override
  public void event(WorkspaceEvent event) {
    Replica replica = workspaces.get(event.getWorkspaceId());
    if (replica != null && replica.isStanding()) {
      apply(replica, event);
      changes.changed(event);
      replica.reached(event.getSeq());
      ask(replica);
    }
  }

  @Override
  public void trusted(long workspaceId, long askedAt, long millis) {
    Replica replica = workspaces.get(workspaceId);
    if (replica != null) {
      replica.trust(askedAt, millis);
    }
  }

  private void ask(Replica replica) {
    long now = nanos.getAsLong();
    replica.asked(now);
    feeds.applied(replica.id(), replica.seq(), now);
  }

  private boolean isIdle(Replica replica, long now) {
    return replica.holders() == 0 && now - replica.lastUse() > limits.idleNanos();
  }

  /** Null when it was; the feed's owner is told last. */
  private @Nullable Replica endIfIdle(Replica replica, long now) {
    if (!isIdle(replica, now)) {
      return replica;
    }
    replica.end();
    forgetAll(replica);
    feeds.unfollow(replica.id());
    return null;
  }

  private static void readRules(Replica replica) {
    var _ = replica.rules().get().whenComplete((rules, fault) -> replica.opened());
  }

  /** Only when it can be found: the answer may come at once. */
  private void follow(Replica replica) {
    if (replica.beginsNow()) {
      feeds.follow(replica.id(), this);
    }
  }

  private Replica newReplica(long workspaceId) {
    return new Replica(
        workspaceId, new Row<>(() -> reads.rules(workspaceId).thenApply(RulesFacts::of)), nanos);
  }

  private Replica workspace(long workspaceId) {
    Replica replica = workspaces.computeIfAbsent(workspaceId, this::newReplica);
    follow(replica);
    replica.used();
    return replica;
  }

  private Permit permitOf(long channelId, long userId) {
    InChannel key = new InChannel(channelId, userId);
    return keptPermits.get(key, absent -> permits.get(key, this::newPermit));
  }

  private Permit newPermit(InChannel key) {
    return new Permit(
        channelOf(key.channelId), new Row<>(() -> reads.membership(key.channelId, key.userId)));
  }

  private KnownChannel channelOf(long channelId) {
    return keptChannels.get(channelId, absent -> channels.get(channelId, this::newChannel));
  }

  private KnownChannel newChannel(long channelId) {
    return new KnownChannel(
        channelId, new Row<>(() -> reads.channel(channelId).thenApply(ChannelFacts::of)));
  }

  private KnownMember memberOf(long workspaceId, long userId) {
    return members.get(
        new InWorkspace(workspaceId, userId),
        key ->
            new KnownMember(
                new Row<>(() -> reads.member(workspaceId, userId).thenApply(MemberFacts::of))));
  }

  /** What was read may be void by the time that the rest is: all of it is looked at once more. */
  private CompletableFuture<Permit> complete(Permit permit, long userId) {
    KnownChannel channel = permit.channel();
    return channel
        .row()
        .get()
        .thenCompose(facts -> {
          Replica workspace = workspace(facts.workspaceId());
          channel.belongsTo(workspace);
          KnownMember member = memberOf(facts.workspaceId(), userId);
          permit.isOf(member);
          member.concerns(channel);
          return workspace
              .whenOpen()
              .thenCompose(open ->
                  CompletableFuture.allOf(
                      workspace.rules().get(),
                      channel.row().get(),
                      member.row().get(),
                      permit.membership().get()));
        })
        .thenCompose(all ->
            permit.isKnown()
                ? CompletableFuture.completedFuture(permit)
                : complete(permit, userId));
  }

  private void apply(Replica replica, WorkspaceEvent event) {
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
      case MEMBERSHIP -> apply(replica, change.getMembership());
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

  private void apply(Replica replica, MembershipChange change) {
    Permit permit = permits.getIfPresent(new InChannel(change.getChannelId(), change.getUserId()));
    if (permit != null) {
      permit.membership().change(old -> change.getMember());
      permit.channel().touched(stamps.incrementAndGet());
    }
    listener.changed(replica.id(), change.getChannelId(), change.getUserId(), change.getMember());
  }

  private void touch(Replica replica) {
    replica.anyTouched(stamps.incrementAndGet());
  }

  /** Also what is just being read of a channel of which it is not known where it belongs. */
  private void forgetAll(Replica replica) {
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
