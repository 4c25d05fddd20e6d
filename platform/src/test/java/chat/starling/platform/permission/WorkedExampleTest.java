package chat.starling.platform.permission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The worked example of docs/permissions.md, number for number. */
class WorkedExampleTest {

  private static final long EVERYONE = 100;
  private static final long CONTRACTOR = 101;
  private static final long WRITER = 102;
  private static final long NOON = 1_800_000_000_000L;

  private static final WorkspaceRules WORKSPACE =
      new WorkspaceRules(
          41,
          1,
          List.of(
              new Role(EVERYONE, 0, 0x2f0100),
              new Role(CONTRACTOR, 1, 0x100000),
              new Role(WRITER, 2, 0x500000)));
  private static final Member ANA = new Member(7, 3, Member.NOT_TIMED_OUT, CONTRACTOR, WRITER);
  private static final Member BEN = new Member(8, 5, Member.NOT_TIMED_OUT, CONTRACTOR);

  private static final Map<Long, ChannelOverride> FOR_EVERYONE =
      Map.of(EVERYONE, new ChannelOverride(0, 0x200000));
  private static final Map<Long, ChannelOverride> FOR_ROLES =
      Map.of(
          EVERYONE,
          new ChannelOverride(0, 0x200000),
          CONTRACTOR,
          new ChannelOverride(0, 0x080000),
          WRITER,
          new ChannelOverride(0x800000, 0));
  private static final Map<Long, ChannelOverride> FOR_MEMBERS =
      Map.of(7L, new ChannelOverride(0x200000, 0x400000));

  private static ChannelRules plain(
      Map<Long, ChannelOverride> roles, Map<Long, ChannelOverride> members) {
    return new ChannelRules(9, 44, ChannelKind.PUBLIC, false, roles, members);
  }

  private static ChannelRules news(boolean archived) {
    return new ChannelRules(9, 44, ChannelKind.ANNOUNCEMENT, archived, FOR_ROLES, FOR_MEMBERS);
  }

  private static long mask(ChannelRules channel, Member member) {
    return EffectiveMask.inChannel(WORKSPACE, channel, member, false, NOON);
  }

  @Test
  void ana_contractorAndWriter_stepByStep() {
    assertThat(EffectiveMask.inWorkspace(WORKSPACE, ANA, NOON)).isEqualTo(0x7f0100);
    assertThat(mask(plain(FOR_EVERYONE, Map.of()), ANA)).isEqualTo(0x5f0100);
    assertThat(mask(plain(FOR_ROLES, Map.of()), ANA)).isEqualTo(0xd70100);
    assertThat(mask(plain(FOR_ROLES, FOR_MEMBERS), ANA)).isEqualTo(0xb70100);
    assertThat(mask(news(false), ANA)).isEqualTo(0xb70100);
  }

  @Test
  void ben_contractor_stepByStep() {
    assertThat(EffectiveMask.inWorkspace(WORKSPACE, BEN, NOON)).isEqualTo(0x3f0100);
    assertThat(mask(plain(FOR_EVERYONE, Map.of()), BEN)).isEqualTo(0x1f0100);
    assertThat(mask(plain(FOR_ROLES, FOR_MEMBERS), BEN)).isEqualTo(0x170100);
    assertThat(mask(news(false), BEN)).isEqualTo(0x030100);
  }

  @Test
  void privateChannel_isNothingToWhoIsNotInIt() {
    ChannelRules secret =
        new ChannelRules(9, 44, ChannelKind.PRIVATE, false, FOR_ROLES, FOR_MEMBERS);
    assertThat(EffectiveMask.inChannel(WORKSPACE, secret, ANA, true, NOON)).isEqualTo(0xb70100);
    assertThat(EffectiveMask.inChannel(WORKSPACE, secret, ANA, false, NOON)).isZero();
  }

  @Test
  void directChannel_isTheSameToAllWhoAreInIt() {
    ChannelRules direct = new ChannelRules(9, 44, ChannelKind.DIRECT, false, Map.of(), Map.of());
    assertThat(EffectiveMask.inChannel(WORKSPACE, direct, BEN, true, NOON)).isEqualTo(0x3f0000);
    assertThat(EffectiveMask.inChannel(WORKSPACE, direct, BEN, false, NOON)).isZero();
  }

  @Test
  void ana_channelArchived_mayPostNoMore() {
    assertThat(mask(news(true), ANA)).isEqualTo(0x830100);
  }

  @Test
  void ana_timedOutUntilNoon_readsBeforeAndPostsFromThen() {
    Member timedOut = new Member(7, 4, NOON, CONTRACTOR, WRITER);
    CachedMask cached = EffectiveMask.cached(WORKSPACE, news(false), timedOut, false);
    assertThat(cached).isEqualTo(new CachedMask(0xb70100, NOON, 44, 4));
    assertThat(cached.at(NOON - 1)).isEqualTo(0x030000);
    assertThat(cached.at(NOON)).isEqualTo(0xb70100);
  }
}
