package chat.starling.channel.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.internal.v1.Act;
import chat.starling.api.internal.v1.ChannelKind;
import chat.starling.api.internal.v1.ChannelRow;
import chat.starling.api.internal.v1.WorkspaceChange;
import chat.starling.api.v1.Reason;
import chat.starling.platform.permission.Permission;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What becomes of acts on channels and on who is in them. */
class ChannelDecisionsTest extends DecidedWorkspace {

  private static final ChannelKind PUBLIC = ChannelKind.CHANNEL_KIND_UNSPECIFIED;
  private static final ChannelKind PRIVATE = ChannelKind.CHANNEL_KIND_PRIVATE;
  private static final ChannelKind DIRECT = ChannelKind.CHANNEL_KIND_DIRECT;

  @Test
  void workspace_unfounded_letsEverybodyCreateAndJoinPublicChannels() {
    long channel = made(2, create("plans", PUBLIC));
    assertThat(row(channel).getName()).isEqualTo("plans");
    assertThat(isIn(channel, 2)).isTrue();
    act(3, join(channel));
    assertThat(isIn(channel, 3)).isTrue();
    act(3, leave(channel));
    assertThat(isIn(channel, 3)).isFalse();
    assertThat(refusal(2, create("secret", PRIVATE))).isEqualTo(Reason.REASON_PERMISSION_MISSING);
    assertThat(refusal(2, topic(channel, "x"))).isEqualTo(Reason.REASON_WORKSPACE_NOT_FOUND);
    assertThat(refusal(2, direct(3))).isEqualTo(Reason.REASON_WORKSPACE_NOT_FOUND);
  }

  @Test
  void create_againByWhoMadeIt_isTheSameChannel_andATakenNameToOthers() {
    act(OWNER, found("Birds"));
    long channel = made(OWNER, create("plans", PUBLIC));
    assertThat(nothing(OWNER, create("plans", PUBLIC))).isEqualTo(channel);
    assertThat(refusal(OWNER, create("plans", PRIVATE))).isEqualTo(Reason.REASON_NAME_TAKEN);
    assertThat(refusal(2, create("ideas", PUBLIC))).isEqualTo(Reason.REASON_PERMISSION_MISSING);
    everyoneMay(Permission.MANAGE_CHANNELS);
    assertThat(refusal(2, create("plans", PUBLIC))).isEqualTo(Reason.REASON_NAME_TAKEN);
    act(OWNER, leave(channel));
    assertThat(refusal(OWNER, create("plans", PUBLIC))).isEqualTo(Reason.REASON_NAME_TAKEN);
    assertThat(refusal(OWNER, create("Plans", PUBLIC))).isEqualTo(Reason.REASON_NAME_INVALID);
    assertThat(refusal(OWNER, create("us", DIRECT))).isEqualTo(Reason.REASON_OUT_OF_RANGE);
  }

  @Test
  void whoIsInTheWorkspaceNoMore_isInNoChannelButDirectOnes() {
    act(OWNER, found("Birds"));
    long open = made(OWNER, create("plans", PUBLIC));
    long closed = made(OWNER, create("secrets", PRIVATE));
    for (long user = 2; user <= 4; user++) {
      act(user, enter());
      act(user, join(open));
      act(OWNER, add(closed, user));
    }
    long direct = made(OWNER, direct(2));
    act(OWNER, kick(2));
    act(3, leave());
    act(OWNER, ban(4));
    for (long user = 2; user <= 4; user++) {
      assertThat(isIn(open, user)).isFalse();
      assertThat(isIn(closed, user)).isFalse();
    }
    assertThat(isIn(direct, 2)).isTrue();
    assertThat(isIn(closed, OWNER)).isTrue();
    act(2, enter());
    assertThat(refusal(2, join(closed))).isEqualTo(Reason.REASON_CHANNEL_NOT_FOUND);
  }

  @Test
  void whoIsInMoreChannelsThanOneActTakesHimOutOf_isOutOfThePrivateOnes() {
    act(OWNER, found("Birds"));
    act(2, enter());
    List<Long> open = LongStream.rangeClosed(10_001, 11_000).boxed().toList();
    open.forEach(channel -> store.addChannel(W, channel));
    var _ =
        store.apply(
            List.of(
                Events.event(
                    W,
                    1,
                    open.stream()
                        .map(channel -> ChannelRow.newBuilder().setChannelId(channel).build())
                        .map(channel -> Outcome.membership(channel, 2, true))
                        .toArray(WorkspaceChange[]::new))));
    long closed = made(OWNER, create("secrets", PRIVATE));
    act(OWNER, add(closed, 2));
    assertThat(applied(OWNER, kick(2)).getChangesCount()).isEqualTo(1_001);
    assertThat(isIn(closed, 2)).isFalse();
    assertThat(open).filteredOn(channel -> isIn(channel, 2)).hasSize(1);
  }

  @Test
  void rename_freesTheOldName() {
    act(OWNER, found("Birds"));
    long plans = made(OWNER, create("plans", PUBLIC));
    long ideas = made(OWNER, create("ideas", PUBLIC));
    assertThat(refusal(OWNER, rename(plans, "ideas"))).isEqualTo(Reason.REASON_NAME_TAKEN);
    act(OWNER, rename(plans, "goals"));
    act(OWNER, rename(ideas, "plans"));
    assertThat(row(plans).getName()).isEqualTo("goals");
    assertThat(row(ideas).getName()).isEqualTo("plans");
    assertThat(nothing(OWNER, rename(ideas, "plans"))).isZero();
    long again = made(OWNER, create("ideas", PUBLIC));
    assertThat(again).isNotEqualTo(ideas);
  }

  @Test
  void topicAndSlowMode_withinBounds_areSet() {
    act(OWNER, found("Birds"));
    long channel = made(OWNER, create("plans", PUBLIC));
    act(OWNER, topic(channel, "🐦".repeat(250)));
    assertThat(refusal(OWNER, topic(channel, "🐦".repeat(251))))
        .isEqualTo(Reason.REASON_TEXT_TOO_LONG);
    act(OWNER, slowMode(channel, 21_600));
    assertThat(refusal(OWNER, slowMode(channel, 21_601))).isEqualTo(Reason.REASON_OUT_OF_RANGE);
    assertThat(refusal(OWNER, slowMode(channel, -1))).isEqualTo(Reason.REASON_OUT_OF_RANGE);
    assertThat(refusal(2, slowMode(channel, 1))).isEqualTo(Reason.REASON_PERMISSION_MISSING);
    assertThat(row(channel).getSlowModeSeconds()).isEqualTo(21_600);
    assertThat(row(channel).getTopic()).hasSize(500);
    assertThat(row(channel).getName()).isEqualTo("plans");
  }

  @Test
  void privateChannel_isNotThereForOthers() {
    act(OWNER, found("Birds"));
    act(2, enter());
    act(3, enter());
    everyoneMay(Permission.MANAGE_CHANNELS, Permission.CREATE_INVITATIONS);
    long secret = made(2, create("secret", PRIVATE));
    for (Act act :
        List.of(
            join(secret), leave(secret), topic(secret, "x"), add(secret, 3), remove(secret, 2))) {
      assertThat(refusal(3, act)).isEqualTo(Reason.REASON_CHANNEL_NOT_FOUND);
    }
    assertThat(refusal(2, add(secret, 9))).isEqualTo(Reason.REASON_MEMBER_NOT_FOUND);
    act(2, add(secret, 3));
    assertThat(nothing(2, add(secret, 3))).isZero();
    act(3, topic(secret, "ours"));
    assertThat(refusal(2, remove(secret, 3))).isEqualTo(Reason.REASON_NOT_ABOVE);
    act(OWNER, join(secret));
    act(OWNER, remove(secret, 3));
    assertThat(refusal(OWNER, remove(secret, 3))).isEqualTo(Reason.REASON_MEMBER_NOT_FOUND);
    assertThat(refusal(3, join(secret))).isEqualTo(Reason.REASON_CHANNEL_NOT_FOUND);
  }

  @Test
  void channel_thatItsMemberSeesNoMore_letsHimOut() {
    act(OWNER, found("Birds"));
    long channel = made(OWNER, create("plans", PUBLIC));
    act(2, join(channel));
    assertThat(nothing(2, join(channel))).isZero();
    Act.Builder hidden = Act.newBuilder();
    hidden
        .getSetOverrideBuilder()
        .setChannelId(channel)
        .setOverride(Events.ofRole(W, 0, Permission.VIEW_CHANNEL.mask()));
    act(OWNER, hidden.build());
    act(2, leave(channel));
    assertThat(refusal(2, leave(channel))).isEqualTo(Reason.REASON_CHANNEL_NOT_FOUND);
    assertThat(refusal(2, join(channel))).isEqualTo(Reason.REASON_CHANNEL_NOT_FOUND);
  }

  @Test
  void directChannel_ofTheSamePeople_isOne() {
    act(OWNER, found("Birds"));
    LongStream.of(2, 3, 4).forEach(user -> act(user, enter()));
    long channel = made(3, direct(4, 2));
    assertThat(row(channel).getDirectUserIdsList()).containsExactly(2L, 3L, 4L);
    assertThat(isIn(channel, 2) && isIn(channel, 3) && isIn(channel, 4)).isTrue();
    assertThat(nothing(2, direct(3, 4))).isEqualTo(channel);
    assertThat(made(2, direct(3))).isNotEqualTo(channel);
    act(4, leave());
    assertThat(nothing(2, direct(3, 4))).isEqualTo(channel);
    assertThat(refusal(2, direct(4))).isEqualTo(Reason.REASON_MEMBER_NOT_FOUND);
    assertThat(refusal(2, direct(99))).isEqualTo(Reason.REASON_MEMBER_NOT_FOUND);
  }

  @Test
  void directChannel_ofNobodyElse_orTooMany_isRefused() {
    act(OWNER, found("Birds"));
    assertThat(refusal(OWNER, direct())).isEqualTo(Reason.REASON_OUT_OF_RANGE);
    assertThat(refusal(OWNER, direct(OWNER))).isEqualTo(Reason.REASON_OUT_OF_RANGE);
    assertThat(refusal(OWNER, direct(2, 2))).isEqualTo(Reason.REASON_OUT_OF_RANGE);
    assertThat(refusal(OWNER, direct(2, -1))).isEqualTo(Reason.REASON_OUT_OF_RANGE);
    assertThat(refusal(OWNER, direct(2, 3, 4, 5, 6, 7, 8, 9, 10, 11)))
        .isEqualTo(Reason.REASON_TOO_MANY);
  }

  @Test
  void directChannel_isNobodysToChange() {
    act(OWNER, found("Birds"));
    LongStream.of(2, 3, 4).forEach(user -> act(user, enter()));
    everyoneMay(Permission.ADMINISTRATOR);
    long channel = made(2, direct(3));
    assertThat(refusal(2, leave(channel))).isEqualTo(Reason.REASON_CHANNEL_IS_DIRECT);
    assertThat(refusal(2, add(channel, 4))).isEqualTo(Reason.REASON_PERMISSION_MISSING);
    assertThat(refusal(2, topic(channel, "x"))).isEqualTo(Reason.REASON_PERMISSION_MISSING);
    assertThat(refusal(OWNER, join(channel))).isEqualTo(Reason.REASON_CHANNEL_NOT_FOUND);
    assertThat(refusal(OWNER, topic(channel, "x"))).isEqualTo(Reason.REASON_CHANNEL_NOT_FOUND);
    assertThat(nothing(2, join(channel))).isZero();
  }

  @Test
  void directChannel_byWhoIsTimedOut_isNotOpened() {
    act(OWNER, found("Birds"));
    act(2, enter());
    act(3, enter());
    Act.Builder timeOut = Act.newBuilder();
    timeOut
        .getTimeOutBuilder()
        .setUserId(2)
        .setUntilMillis(NOW_MILLIS + Duration.ofDays(1).toMillis());
    act(OWNER, timeOut.build());
    assertThat(refusal(2, direct(3))).isEqualTo(Reason.REASON_PERMISSION_MISSING);
    act(3, direct(2));
  }

  @Test
  void audit_leavesOutWhoComesAndGoes_andDirectChannels() {
    act(OWNER, found("Birds"));
    act(2, enter());
    long open = made(OWNER, create("plans", PUBLIC));
    long secret = made(OWNER, create("secret", PRIVATE));
    assertThat(AuditEntry.of(applied(2, join(open)))).isEmpty();
    assertThat(AuditEntry.of(applied(2, leave(open)))).isEmpty();
    assertThat(AuditEntry.of(applied(OWNER, direct(2)))).isEmpty();
    assertThat(AuditEntry.of(applied(OWNER, add(secret, 2)))).isPresent();
    assertThat(AuditEntry.of(applied(OWNER, leave(secret)))).isPresent();
    assertThat(AuditEntry.of(applied(OWNER, join(secret)))).isPresent();
  }

  private void everyoneMay(Permission... permissions) {
    Act.Builder act = Act.newBuilder();
    long mask = Workspace.EVERYONE;
    for (Permission permission : permissions) {
      mask |= permission.mask();
    }
    act.getEditRoleBuilder().setRoleId(W).setPermissions(mask);
    act(OWNER, act.build());
  }

  private long made(long actor, Act act) {
    return applied(actor, act).getMadeId();
  }

  private long nothing(long actor, Act act) {
    Decision decision = decide(request(actor, act));
    assertThat(decision).isInstanceOf(Decision.Nothing.class);
    return ((Decision.Nothing) decision).response().getMadeId();
  }

  private ChannelRow row(long channel) {
    return store.channel(channel).toCompletableFuture().join().orElseThrow().row();
  }

  private boolean isIn(long channel, long user) {
    return store.isInChannel(channel, user).toCompletableFuture().join();
  }

  private static Act create(String name, ChannelKind kind) {
    Act.Builder act = Act.newBuilder();
    act.getCreateChannelBuilder().setName(name).setKind(kind);
    return act.build();
  }

  private static Act rename(long channel, String name) {
    Act.Builder act = Act.newBuilder();
    act.getRenameChannelBuilder().setChannelId(channel).setName(name);
    return act.build();
  }

  private static Act topic(long channel, String topic) {
    Act.Builder act = Act.newBuilder();
    act.getSetTopicBuilder().setChannelId(channel).setTopic(topic);
    return act.build();
  }

  private static Act slowMode(long channel, int seconds) {
    Act.Builder act = Act.newBuilder();
    act.getSetSlowModeBuilder().setChannelId(channel).setSeconds(seconds);
    return act.build();
  }

  private static Act kick(long user) {
    return Act.newBuilder().setKick(Act.Kick.newBuilder().setUserId(user)).build();
  }

  private static Act ban(long user) {
    return Act.newBuilder().setBan(Act.Ban.newBuilder().setUserId(user)).build();
  }

  private static Act join(long channel) {
    Act.Builder act = Act.newBuilder();
    act.getJoinChannelBuilder().setChannelId(channel);
    return act.build();
  }

  private static Act leave(long channel) {
    Act.Builder act = Act.newBuilder();
    act.getLeaveChannelBuilder().setChannelId(channel);
    return act.build();
  }

  private static Act add(long channel, long user) {
    Act.Builder act = Act.newBuilder();
    act.getAddToChannelBuilder().setChannelId(channel).setUserId(user);
    return act.build();
  }

  private static Act remove(long channel, long user) {
    Act.Builder act = Act.newBuilder();
    act.getRemoveFromChannelBuilder().setChannelId(channel).setUserId(user);
    return act.build();
  }

  private static Act direct(long... users) {
    Act.Builder act = Act.newBuilder();
    LongStream.of(users).forEach(act.getOpenDirectBuilder()::addUserIds);
    return act.build();
  }
}
