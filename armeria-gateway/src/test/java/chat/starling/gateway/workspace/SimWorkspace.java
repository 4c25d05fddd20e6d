package chat.starling.gateway.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.internal.v1.ChannelObject;
import chat.starling.api.internal.v1.ChannelRow;
import chat.starling.api.internal.v1.GetWorkspaceRulesResponse;
import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.MemberState;
import chat.starling.api.internal.v1.OverrideRow;
import chat.starling.api.internal.v1.RoleRow;
import chat.starling.api.internal.v1.WorkspaceChange;
import chat.starling.api.internal.v1.WorkspaceEvent;
import chat.starling.api.internal.v1.WorkspaceRow;
import chat.starling.platform.permission.Permission;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * One workspace with its owner, one gateway's copy of it, and all that is under way between them.
 * Several acts may be under way at a time. Times are in milliseconds.
 */
final class SimWorkspace implements WorkspaceReads, WorkspaceFeeds {

  private static final long ID = 1;
  private static final long OWNER = 9;
  private static final int CHANNELS = 3;
  private static final int USERS = 3;
  private static final int SLOWEST = 40;
  private static final long TRUST = 400;
  private static final long GRANTED = 320;
  private static final long PATIENCE = 100;
  private static final long MILLI = 1_000_000;
  private static final int MOST_UNDER_WAY = 5;

  /** How everything is after one event. */
  private record Truth(Set<Long> hidden, Set<Long> gone, Set<Long> joined, boolean blind) {
    boolean allows(long channel, long user) {
      return mixed(List.of(this), channel, user);
    }

    /**
     * Whether each of the rows allows it in some of these truths. The rows of acts that are not
     * answered are seen in any order, so that together they may be as they never were.
     */
    static boolean mixed(List<Truth> some, long channel, long user) {
      return some.stream().anyMatch(truth -> !truth.blind)
          && some.stream().anyMatch(truth -> !truth.hidden.contains(channel))
          && some.stream().anyMatch(truth -> !truth.gone.contains(user))
          && some.stream().anyMatch(truth -> truth.joined.contains(pair(channel, user)));
    }

    private static long pair(long channel, long user) {
      return channel * 100 + user;
    }
  }

  private record Task(long at, long number, Runnable what) {}

  private final Random random;
  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(
          (a, b) -> a.at == b.at ? Long.compare(a.number, b.number) : Long.compare(a.at, b.at));
  private final List<Truth> truths = new ArrayList<>();
  private final List<WorkspaceEvent> events = new ArrayList<>();
  private final long[] channelVersions = new long[CHANNELS + 1];
  private final long[] memberVersions = new long[USERS + 1];
  private final List<Permit> held = new ArrayList<>();
  private final List<Long> users = new ArrayList<>();
  private final Replicas replicas;
  private long rulesVersion;
  private long now;
  private long number;
  private long line;
  private int stream;
  private long seen;
  private boolean up;
  private boolean calm;

  /** What the owner knows of the gateway. */
  private long applied = -1;

  private long trustedUntil;
  private boolean givenUp;
  private long answered;

  /** When each event was told. */
  private final List<Long> toldAt = new ArrayList<>();

  private long checked;

  SimWorkspace(long seed) {
    random = new Random(seed);
    Set<Long> all = new HashSet<>();
    for (long channel = 1; channel <= CHANNELS; channel++) {
      for (long user = 1; user <= USERS; user++) {
        all.add(Truth.pair(channel, user));
      }
    }
    truths.add(new Truth(Set.of(), Set.of(), all, false));
    replicas =
        new Replicas(this, this, new Replicas.Limits(4, 2, Long.MAX_VALUE / 2), () -> now * MILLI);
    replicas.enter(ID);
  }

  /** Something happens, or time passes. */
  void step() {
    run(now + random.nextInt(4));
    replicas.tick();
    answerReached();
    if (events.size() - answered < MOST_UNDER_WAY && random.nextInt(10) == 0) {
      act();
    }
    if (random.nextInt(200) == 0) {
      breakStream();
    }
    if (random.nextInt(5) == 0) {
      ask(1 + random.nextInt(CHANNELS), 1 + random.nextInt(USERS));
    }
    check();
  }

  /** Everything that is under way arrives, and nothing more goes wrong. */
  void calm() {
    calm = true;
    settle();
    held.clear();
    users.clear();
    for (long channel = 1; channel <= CHANNELS; channel++) {
      for (long user = 1; user <= USERS; user++) {
        ask(channel, user);
      }
    }
    settle();
  }

  private void settle() {
    for (int i = 0; i < 2_000; i++) {
      run(now + 1);
      replicas.tick();
      answerReached();
    }
  }

  boolean sameAsTruth() {
    Truth truth = truths.getLast();
    boolean same = held.size() == CHANNELS * USERS;
    for (int i = 0; i < held.size(); i++) {
      Permit permit = held.get(i);
      same &= permit.isKnown();
      same &= permit.allowsViewing() == truth.allows(permit.channel().id(), users.get(i));
    }
    return same;
  }

  long checked() {
    return checked;
  }

  long answered() {
    return answered;
  }

  private void check() {
    for (int i = 0; i < held.size(); i++) {
      Permit permit = held.get(i);
      if (permit.gate().isOpen() && permit.allowsViewing()) {
        checked++;
        long channel = permit.channel().id();
        long user = users.get(i);
        assertThat(Truth.mixed(truths.subList((int) answered, truths.size()), channel, user))
            .as("channel %d user %d at %d, answered %d", channel, user, now, answered)
            .isTrue();
      }
    }
  }

  private void ask(long channel, long user) {
    var _ =
        replicas
            .permit(channel, user)
            .whenComplete((permit, fault) -> {
              if (permit != null) {
                held.add(permit);
                users.add(user);
                if (held.size() > 12 && !calm) {
                  held.removeFirst();
                  users.removeFirst();
                }
              }
            });
  }

  /** Every act is written to the rows before anybody hears of it. */
  private void act() {
    Truth last = truths.getLast();
    long channel = 1L + random.nextInt(CHANNELS);
    long user = 1L + random.nextInt(USERS);
    long seq = events.size() + 1L;
    WorkspaceChange.Builder change = WorkspaceChange.newBuilder();
    Truth next;
    switch (random.nextInt(4)) {
      case 0 -> {
        Set<Long> hidden = toggled(last.hidden, channel);
        next = new Truth(hidden, last.gone, last.joined, last.blind);
        change
            .getOverrideBuilder()
            .setChannelId(channel)
            .setOverride(override(hidden.contains(channel)));
        channelVersions[(int) channel] = seq;
      }
      case 1 -> {
        Set<Long> gone = toggled(last.gone, user);
        next = new Truth(last.hidden, gone, last.joined, last.blind);
        change.setMember(member(next, user));
        memberVersions[(int) user] = seq;
      }
      case 2 -> {
        Set<Long> joined = toggled(last.joined, Truth.pair(channel, user));
        next = new Truth(last.hidden, last.gone, joined, last.blind);
        change
            .getMembershipBuilder()
            .setChannelId(channel)
            .setUserId(user)
            .setMember(joined.contains(Truth.pair(channel, user)));
      }
      default -> {
        next = new Truth(last.hidden, last.gone, last.joined, !last.blind);
        change.setRole(everyone(next));
        rulesVersion = seq;
      }
    }
    truths.add(next);
    WorkspaceEvent event =
        WorkspaceEvent.newBuilder().setWorkspaceId(ID).setSeq(seq).addChanges(change).build();
    events.add(event);
    toldAt.add(now);
    if (up) {
      tell(event);
    }
  }

  private void answerReached() {
    answered = Math.max(answered, now < trustedUntil ? applied : events.size());
    boolean late = answered < events.size() && now >= toldAt.get((int) answered) + PATIENCE;
    if (late && !givenUp) {
      givenUp = true;
      breakStream();
    }
  }

  private void tell(WorkspaceEvent event) {
    int of = stream;
    inLine(() -> {
      if (of == stream && event.getSeq() > seen) {
        seen = event.getSeq();
        replicas.event(event);
      }
    });
  }

  private void breakStream() {
    if (up && (givenUp || !calm)) {
      up = false;
      stream++;
      boolean gap = givenUp || random.nextInt(4) == 0;
      later(random.nextInt(500), () -> subscribe(gap));
    }
  }

  private void subscribe(boolean gap) {
    up = true;
    givenUp = false;
    int of = stream;
    long head = events.size();
    if (gap) {
      inLine(() -> {
        if (of == stream) {
          seen = head;
          replicas.started(ID, head);
        }
      });
    } else {
      events.subList((int) Math.min(seen, head), (int) head).forEach(this::tell);
    }
  }

  @Override
  public void follow(long workspaceId, WorkspaceFollower follower) {
    later(1, () -> subscribe(true));
  }

  @Override
  public void unfollow(long workspaceId) {}

  @Override
  public void applied(long workspaceId, long seq, long askedAt) {
    if (!up) {
      return;
    }
    int of = stream;
    inLine(() -> {
      if (of == stream && !givenUp) {
        applied = Math.max(applied, seq);
        if (applied >= answered) {
          trustedUntil = now + TRUST;
          inLine(() -> replicas.trusted(ID, askedAt, GRANTED));
        }
      }
    });
  }

  @Override
  public CompletableFuture<GetWorkspaceRulesResponse> rules(long workspaceId) {
    return read(() ->
        GetWorkspaceRulesResponse.newBuilder()
            .setWorkspace(WorkspaceRow.newBuilder().setOwnerId(OWNER))
            .addRoles(everyone(truths.getLast()))
            .setVersion(rulesVersion)
            .build());
  }

  @Override
  public CompletableFuture<ChannelObject> channel(long channelId) {
    return read(() ->
        ChannelObject.newBuilder()
            .setWorkspaceId(ID)
            .setRow(ChannelRow.newBuilder().setChannelId(channelId))
            .addOverrides(override(truths.getLast().hidden.contains(channelId)))
            .setVersion(channelVersions[(int) channelId])
            .build());
  }

  @Override
  public CompletableFuture<MemberRow> member(long workspaceId, long userId) {
    return read(() ->
        member(truths.getLast(), userId).toBuilder()
            .setVersion(memberVersions[(int) userId])
            .build());
  }

  @Override
  public CompletableFuture<Boolean> membership(long channelId, long userId) {
    return read(() -> truths.getLast().joined.contains(Truth.pair(channelId, userId)));
  }

  /** What is read is from some moment between question and answer. */
  private <T> CompletableFuture<T> read(Supplier<T> rows) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    later(
        random.nextInt(SLOWEST),
        () -> {
          T found = rows.get();
          later(random.nextInt(SLOWEST), () -> answer.complete(found));
        });
    return answer;
  }

  private void later(long delay, Runnable what) {
    tasks.add(new Task(now + delay, number++, what));
  }

  /** What goes over streams stays in its order. */
  private void inLine(Runnable what) {
    line = Math.max(line, now + random.nextInt(!calm && random.nextInt(50) == 0 ? 300 : SLOWEST));
    tasks.add(new Task(line, number++, what));
  }

  private void run(long until) {
    while (!tasks.isEmpty() && tasks.peek().at <= until) {
      Task next = tasks.remove();
      now = Math.max(now, next.at);
      next.what.run();
    }
    now = Math.max(now, until);
  }

  private static Set<Long> toggled(Set<Long> set, long what) {
    Set<Long> next = new HashSet<>(set);
    if (!next.remove(what)) {
      next.add(what);
    }
    return next;
  }

  private static OverrideRow override(boolean hidden) {
    return OverrideRow.newBuilder()
        .setRoleId(ID)
        .setDeny(hidden ? Permission.VIEW_CHANNEL.mask() : 0)
        .build();
  }

  private static MemberRow member(Truth truth, long user) {
    return MemberRow.newBuilder()
        .setUserId(user)
        .setState(
            truth.gone.contains(user)
                ? MemberState.MEMBER_STATE_LEFT
                : MemberState.MEMBER_STATE_MEMBER)
        .build();
  }

  private static RoleRow everyone(Truth truth) {
    return RoleRow.newBuilder()
        .setRoleId(ID)
        .setPermissions(truth.blind ? 0 : Permission.VIEW_CHANNEL.mask())
        .build();
  }
}
