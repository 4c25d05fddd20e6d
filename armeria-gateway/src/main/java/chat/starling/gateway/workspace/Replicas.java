package chat.starling.gateway.workspace;

import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.WorkspaceChange;
import chat.starling.api.internal.v1.WorkspaceChange.MembershipChange;
import chat.starling.api.internal.v1.WorkspaceEvent;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The workspaces that this gateway goes by. A workspace's feed is followed as long as it has
 * sessions here or is asked for; {@link KnownRows} follow its events.
 */
public final class Replicas implements WorkspaceFollower {

  /**
   * Bounds of what is kept.
   *
   * @param permits that nobody uses
   * @param channels that nobody uses
   * @param idleNanos after which a workspace that nobody uses is followed no more
   */
  public record Limits(int permits, int channels, long idleNanos) {}

  /** Is told that a user has become a member of a channel, or is not one any more. */
  @FunctionalInterface
  public interface MembershipListener {
    /** Called on the thread that brings the events, before anybody is told that they hold here. */
    void changed(long workspaceId, long channelId, long userId, boolean member);
  }

  private final Map<Long, Replica> workspaces = new ConcurrentHashMap<>();
  private final KnownRows rows;
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
    rows = new KnownRows(reads, limits.channels(), limits.permits());
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
    Permit permit = rows.permit(channelId, userId);
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
    return new Sight(workspace(workspaceId), rows.member(workspaceId, userId), rows::channel);
  }

  /** A user as any other may see him, true at some moment after this call. */
  public CompletableFuture<MemberRow> member(long workspaceId, long userId) {
    return sight(workspaceId, userId).standing().thenApply(Standing::member);
  }

  /**
   * A channel, whoever sees it, true at some moment after this call. Fails with CHANNEL_NOT_FOUND.
   */
  public CompletableFuture<ChannelFacts> channel(long channelId) {
    KnownChannel channel = rows.channel(channelId);
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
    return rows.channel(channelId).row().get().thenApply(ChannelFacts::workspaceId);
  }

  /** The channel's workspace as far as it is known here; 0 when it is not. */
  public long workspaceOf(long channelId) {
    return rows.workspaceOf(channelId);
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
    return rows.channelFigures();
  }

  /** The same of what users may do in channels. */
  public CacheFigures permitFigures() {
    return rows.permitFigures();
  }

  @Override
  public void started(long workspaceId, long seq) {
    Replica replica = workspaces.get(workspaceId);
    if (replica == null) {
      return;
    }
    rows.forget(replica);
    changes.lost(workspaceId);
    replica.reached(seq);
    ask(replica);
    readRules(replica);
  }

  @Override
  public void event(WorkspaceEvent event) {
    Replica replica = workspaces.get(event.getWorkspaceId());
    if (replica != null && replica.isStanding()) {
      rows.apply(replica, event);
      tellOfMemberships(event);
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

  private void tellOfMemberships(WorkspaceEvent event) {
    for (WorkspaceChange change : event.getChangesList()) {
      if (change.hasMembership()) {
        MembershipChange one = change.getMembership();
        listener.changed(
            event.getWorkspaceId(), one.getChannelId(), one.getUserId(), one.getMember());
      }
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
    rows.forget(replica);
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

  /** What was read may be void by the time that the rest is: all of it is looked at once more. */
  private CompletableFuture<Permit> complete(Permit permit, long userId) {
    KnownChannel channel = permit.channel();
    return channel
        .row()
        .get()
        .thenCompose(facts -> {
          Replica workspace = workspace(facts.workspaceId());
          channel.belongsTo(workspace);
          KnownMember member = rows.member(facts.workspaceId(), userId);
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
}
