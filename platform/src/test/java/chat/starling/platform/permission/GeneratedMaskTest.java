package chat.starling.platform.permission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random workspaces: the masks are those of the reference model, all of them, bit for bit. */
class GeneratedMaskTest {

  private static final int CHECKS = 1_000_000;
  private static final int ENOUGH_TO_FIND_A_MISSING_STEP = 20_000;
  private static final long SEED = 20260301;

  @Test
  void masks_randomWorkspaces_areThoseOfTheReferenceModel() {
    assertThat(firstDifference(new ReferenceModel(), CHECKS)).isEqualTo("none");
  }

  @ParameterizedTest
  @EnumSource(ReferenceModel.Step.class)
  void masks_referenceModelWithoutOneStep_differ(ReferenceModel.Step step) {
    ReferenceModel incomplete = new ReferenceModel(EnumSet.of(step));
    assertThat(firstDifference(incomplete, ENOUGH_TO_FIND_A_MISSING_STEP)).isNotEqualTo("none");
  }

  private static String firstDifference(ReferenceModel model, int checks) {
    RandomWorld worlds = new RandomWorld(new SplittableRandom(SEED), 8, 20, 20);
    int done = 0;
    while (done < checks) {
      World world = worlds.next();
      String difference = differenceIn(world, model);
      if (!difference.isEmpty()) {
        return difference;
      }
      done += world.members.size() * world.channels.size();
    }
    return "none";
  }

  private static String differenceIn(World world, ReferenceModel model) {
    WorkspaceRules rules = world.rules();
    for (long user : world.members.keySet()) {
      Member member = world.memberOf(user);
      long mask = EffectiveMask.inWorkspace(rules, member, RandomWorld.NOW);
      if (mask != Permissions.of(model.inWorkspace(world, user, RandomWorld.NOW))) {
        return "user " + user + " in the workspace";
      }
    }
    for (long channel : world.channels.keySet()) {
      ChannelRules compiled = world.channelOf(channel);
      for (long user : world.members.keySet()) {
        Member member = world.memberOf(user);
        long expected = Permissions.of(model.effective(world, channel, user, RandomWorld.NOW));
        boolean in = world.isInChannel(channel, user);
        long mask = EffectiveMask.inChannel(rules, compiled, member, in, RandomWorld.NOW);
        long cached = EffectiveMask.cached(rules, compiled, member, in).at(RandomWorld.NOW);
        if (mask != expected || cached != expected) {
          return "user " + user + " in channel " + channel;
        }
      }
    }
    return "";
  }
}
