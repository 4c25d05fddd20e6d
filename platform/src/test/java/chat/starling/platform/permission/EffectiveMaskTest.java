package chat.starling.platform.permission;

import static chat.starling.platform.permission.Permission.ADD_REACTIONS;
import static chat.starling.platform.permission.Permission.ADMINISTRATOR;
import static chat.starling.platform.permission.Permission.ATTACH_FILES;
import static chat.starling.platform.permission.Permission.KICK_MEMBERS;
import static chat.starling.platform.permission.Permission.MANAGE_MESSAGES;
import static chat.starling.platform.permission.Permission.MENTION_EVERYONE;
import static chat.starling.platform.permission.Permission.POST_ANNOUNCEMENTS;
import static chat.starling.platform.permission.Permission.READ_HISTORY;
import static chat.starling.platform.permission.Permission.REPLY_IN_THREADS;
import static chat.starling.platform.permission.Permission.SEND_MESSAGES;
import static chat.starling.platform.permission.Permission.VIEW_CHANNEL;
import static chat.starling.platform.permission.World.EVERYONE;
import static chat.starling.platform.permission.World.set;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The algorithm, a rule at a time: user 20 in channel 30, by roles 2 and 3. */
class EffectiveMaskTest {

  private static final long OWNER = 10;
  private static final long USER = 20;
  private static final long CHANNEL = 30;
  private static final long NOW = 1_000_000;
  private static final Set<Permission> ALL = EnumSet.allOf(Permission.class);

  private final World world =
      new World(OWNER, VIEW_CHANNEL, SEND_MESSAGES).withChannel(CHANNEL).withMember(USER, 2L, 3L);

  private Set<Permission> mask() {
    return maskOf(USER);
  }

  private Set<Permission> maskOf(long user) {
    return Permissions.in(
        EffectiveMask.inChannel(
            world.rules(),
            world.channelOf(CHANNEL),
            world.memberOf(user),
            world.isInChannel(CHANNEL, user),
            NOW));
  }

  private void become(ChannelKind kind, boolean archived, Long... users) {
    var _ = world.withChannel(CHANNEL, kind, archived, users);
  }

  @Test
  void roles_several_permitTogether() {
    world.withRole(2, 1, ATTACH_FILES).withRole(3, 2, ADD_REACTIONS);
    assertThat(mask()).isEqualTo(set(VIEW_CHANNEL, SEND_MESSAGES, ATTACH_FILES, ADD_REACTIONS));
  }

  @Test
  void roles_deleted_permitNothing() {
    world.withRoleOverride(CHANNEL, 2, set(ATTACH_FILES), set(SEND_MESSAGES));
    assertThat(mask()).isEqualTo(set(VIEW_CHANNEL, SEND_MESSAGES));
  }

  @Test
  void owner_withoutRoles_mayDoEverything() {
    world.withRoleOverride(CHANNEL, EVERYONE, set(), set(VIEW_CHANNEL));
    assertThat(maskOf(OWNER)).isEqualTo(ALL);
  }

  @Test
  void administrator_deniedInTheChannel_mayDoEverything() {
    world.withRole(2, 1, ADMINISTRATOR);
    world.withMemberOverride(CHANNEL, USER, set(), set(VIEW_CHANNEL));
    assertThat(mask()).isEqualTo(ALL);
  }

  @Test
  void administrator_allowedByOverrideOnly_isNone() {
    world.withMemberOverride(CHANNEL, USER, set(ADMINISTRATOR, KICK_MEMBERS), set());
    assertThat(mask()).isEqualTo(set(VIEW_CHANNEL, SEND_MESSAGES));
  }

  @Test
  void everyoneOverride_deniesAndAllows() {
    world.withRoleOverride(CHANNEL, EVERYONE, set(ADD_REACTIONS), set(SEND_MESSAGES));
    assertThat(mask()).isEqualTo(set(VIEW_CHANNEL, ADD_REACTIONS));
  }

  @Test
  void roleOverride_allow_beatsTheEveryoneDeny() {
    world.withRole(2, 1);
    world.withRoleOverride(CHANNEL, EVERYONE, set(), set(SEND_MESSAGES));
    world.withRoleOverride(CHANNEL, 2, set(SEND_MESSAGES), set());
    assertThat(mask()).isEqualTo(set(VIEW_CHANNEL, SEND_MESSAGES));
  }

  @Test
  void roleOverrides_ofTwoRoles_allowBeatsDenyWhicheverStandsAbove() {
    world.withRole(2, 1).withRole(3, 2);
    world.withRoleOverride(CHANNEL, 2, set(SEND_MESSAGES), set());
    world.withRoleOverride(CHANNEL, 3, set(), set(SEND_MESSAGES));
    assertThat(mask()).contains(SEND_MESSAGES);
  }

  @Test
  void roleOverride_ofARoleNotHeld_isNothing() {
    world.withRole(4, 1).withRoleOverride(CHANNEL, 4, set(), set(SEND_MESSAGES));
    assertThat(mask()).contains(SEND_MESSAGES);
  }

  @Test
  void memberOverride_beatsTheRoles() {
    world.withRole(2, 1);
    world.withRoleOverride(CHANNEL, 2, set(SEND_MESSAGES), set());
    world.withMemberOverride(CHANNEL, USER, set(ADD_REACTIONS), set(SEND_MESSAGES));
    assertThat(mask()).isEqualTo(set(VIEW_CHANNEL, ADD_REACTIONS));
  }

  @Test
  void viewing_denied_leavesNothing() {
    world.withMemberOverride(CHANNEL, USER, set(MANAGE_MESSAGES), set(VIEW_CHANNEL));
    assertThat(mask()).isEmpty();
  }

  @Test
  void sending_denied_leavesNothingThatIsAboutSending() {
    world.withRole(2, 1, ATTACH_FILES, MENTION_EVERYONE, ADD_REACTIONS);
    world.withMemberOverride(CHANNEL, USER, set(), set(SEND_MESSAGES));
    assertThat(mask()).isEqualTo(set(VIEW_CHANNEL, ADD_REACTIONS));
  }

  @Test
  void sending_inThreadsOnly_mayAttachThere() {
    world.withRole(2, 1, ATTACH_FILES, REPLY_IN_THREADS);
    world.withMemberOverride(CHANNEL, USER, set(), set(SEND_MESSAGES));
    assertThat(mask()).isEqualTo(set(VIEW_CHANNEL, REPLY_IN_THREADS, ATTACH_FILES));
  }

  @Test
  void announcementChannel_withoutPosting_takesNoMessagesButReplies() {
    world.withRole(2, 1, REPLY_IN_THREADS);
    become(ChannelKind.ANNOUNCEMENT, false);
    assertThat(mask()).isEqualTo(set(VIEW_CHANNEL, REPLY_IN_THREADS));
    world.withRole(3, 2, POST_ANNOUNCEMENTS);
    assertThat(mask()).contains(SEND_MESSAGES);
  }

  @Test
  void archivedChannel_evenForTheOwner_isReadOnly() {
    become(ChannelKind.PUBLIC, true);
    assertThat(mask()).isEqualTo(set(VIEW_CHANNEL));
    assertThat(maskOf(OWNER))
        .contains(VIEW_CHANNEL, MANAGE_MESSAGES)
        .doesNotContain(SEND_MESSAGES, REPLY_IN_THREADS, ADD_REACTIONS, ATTACH_FILES);
  }

  @Test
  void privateChannel_isItsMembersAndTheAdministrators() {
    world.withRole(2, 1);
    become(ChannelKind.PRIVATE, false);
    assertThat(mask()).isEmpty();
    assertThat(maskOf(OWNER)).isEqualTo(ALL);
    become(ChannelKind.PRIVATE, false, USER);
    assertThat(mask()).isEqualTo(set(VIEW_CHANNEL, SEND_MESSAGES));
    become(ChannelKind.PRIVATE, false);
    world.withRole(2, 1, ADMINISTRATOR);
    assertThat(mask()).isEqualTo(ALL);
  }

  @Test
  void directChannel_knowsNoRoles() {
    world.withRole(2, 1, ADMINISTRATOR);
    become(ChannelKind.DIRECT, false, OWNER);
    world.withRoleOverride(CHANNEL, EVERYONE, set(), set(VIEW_CHANNEL));
    assertThat(mask()).isEmpty();
    assertThat(maskOf(OWNER))
        .isEqualTo(
            set(
                VIEW_CHANNEL,
                READ_HISTORY,
                SEND_MESSAGES,
                REPLY_IN_THREADS,
                ATTACH_FILES,
                ADD_REACTIONS));
  }

  @Test
  void directChannel_timedOutOrArchived_isReadOnlyButForAdministrators() {
    become(ChannelKind.DIRECT, false, OWNER, USER);
    world.withTimeOut(OWNER, NOW + 1).withTimeOut(USER, NOW + 1);
    assertThat(mask()).isEqualTo(set(VIEW_CHANNEL, READ_HISTORY));
    assertThat(maskOf(OWNER)).contains(SEND_MESSAGES);
    assertThat(cached(OWNER).at(NOW)).isEqualTo(Permissions.of(maskOf(OWNER)));
    become(ChannelKind.DIRECT, true, OWNER, USER);
    assertThat(maskOf(OWNER)).isEqualTo(set(VIEW_CHANNEL, READ_HISTORY));
  }

  @Test
  void timeOut_untilItEnds_leavesReading() {
    world.withRole(2, 1, READ_HISTORY, KICK_MEMBERS, ADD_REACTIONS).withTimeOut(USER, NOW + 1);
    assertThat(mask()).isEqualTo(set(VIEW_CHANNEL, READ_HISTORY));
    assertThat(EffectiveMask.inWorkspace(world.rules(), world.memberOf(USER), NOW))
        .isEqualTo(Permissions.of(VIEW_CHANNEL, READ_HISTORY));
    world.withTimeOut(USER, NOW);
    assertThat(mask()).contains(SEND_MESSAGES, ADD_REACTIONS);
  }

  @Test
  void timeOut_ofOwnerAndAdministrator_isNothing() {
    world.withRole(2, 1, ADMINISTRATOR).withTimeOut(USER, NOW + 1).withTimeOut(OWNER, NOW + 1);
    assertThat(mask()).isEqualTo(ALL);
    assertThat(maskOf(OWNER)).isEqualTo(ALL);
    assertThat(cached(USER).at(NOW)).isEqualTo(Permissions.ALL);
  }

  @Test
  void cached_ofOtherVersions_isNotReliedOn() {
    CachedMask mask = cached(USER);
    assertThat(mask.isOf(1, 1)).isTrue();
    assertThat(mask.isOf(2, 1)).isFalse();
    assertThat(mask.isOf(1, 2)).isFalse();
    assertThat(CachedMask.NONE.isOf(0, 0)).isFalse();
    assertThat(CachedMask.NONE.allowsViewing()).isFalse();
  }

  @Test
  void cached_timeOut_endsWithoutANewVersion() {
    world.withTimeOut(USER, NOW + 1);
    CachedMask mask = cached(USER);
    assertThat(mask.allowsViewing()).isTrue();
    assertThat(mask.allows(SEND_MESSAGES.mask(), NOW)).isFalse();
    assertThat(mask.allows(SEND_MESSAGES.mask(), NOW + 1)).isTrue();
    assertThat(mask.allows(Permissions.of(SEND_MESSAGES, ATTACH_FILES), NOW + 1)).isFalse();
  }

  @Test
  void version_ofRolesOrChannel_isTheLaterSeq() {
    WorkspaceRules rules = new WorkspaceRules(8, OWNER, Set.of(new Role(1, 0, 0)));
    assertThat(rules.versionWith(world.channelOf(CHANNEL))).isEqualTo(8);
  }

  private CachedMask cached(long user) {
    return EffectiveMask.cached(
        world.rules(),
        world.channelOf(CHANNEL),
        world.memberOf(user),
        world.isInChannel(CHANNEL, user));
  }
}
