package chat.starling.platform.permission;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.platform.permission.AdministrativeAct.AddToChannel;
import chat.starling.platform.permission.AdministrativeAct.Ban;
import chat.starling.platform.permission.AdministrativeAct.ChangeChannel;
import chat.starling.platform.permission.AdministrativeAct.CreateChannel;
import chat.starling.platform.permission.AdministrativeAct.CreateRole;
import chat.starling.platform.permission.AdministrativeAct.DeleteRole;
import chat.starling.platform.permission.AdministrativeAct.GiveRole;
import chat.starling.platform.permission.AdministrativeAct.Kick;
import chat.starling.platform.permission.AdministrativeAct.LiftBan;
import chat.starling.platform.permission.AdministrativeAct.LiftTimeOut;
import chat.starling.platform.permission.AdministrativeAct.MoveRole;
import chat.starling.platform.permission.AdministrativeAct.RemoveFromChannel;
import chat.starling.platform.permission.AdministrativeAct.RemoveOverride;
import chat.starling.platform.permission.AdministrativeAct.RenameRole;
import chat.starling.platform.permission.AdministrativeAct.SetNickname;
import chat.starling.platform.permission.AdministrativeAct.SetOverride;
import chat.starling.platform.permission.AdministrativeAct.SetRoleMask;
import chat.starling.platform.permission.AdministrativeAct.TakeRole;
import chat.starling.platform.permission.AdministrativeAct.TimeOut;
import chat.starling.platform.permission.AdministrativeAct.TransferOwnership;
import chat.starling.platform.permission.LenientAuthority.Check;
import chat.starling.platform.refusal.RefusedException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random people try random acts: after each that is allowed, the {@link Invariants} hold. */
class GeneratedActsTest {

  private static final int ALLOWED_ACTS = 10_000;
  private static final int ACTS_IN_ONE_WORLD = 60;
  private static final int KINDS_OF_ACT = 21;
  private static final long SEED = 20260302;
  private static final Mutant NO_MUTANT = new Mutant(Check.NONE, CreateRole.class);

  private final Map<Class<?>, Integer> allowed = new HashMap<>();
  private final Map<Class<?>, Integer> refused = new HashMap<>();

  /** The rules with one check left out of the decision on one kind of act. */
  record Mutant(Check check, Class<? extends AdministrativeAct> of) {}

  record Violation(AdministrativeAct act, long actor, String broken) {}

  @Test
  void acts_allowed_raiseNobodyAboveWhoActed() {
    assertThat(firstViolation(NO_MUTANT)).isEmpty();
    assertThat(allowed).hasSize(KINDS_OF_ACT);
    assertThat(refused.keySet()).isEqualTo(allowed.keySet());
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void acts_oneCheckLeftOut_breakAnInvariant(Mutant mutant) {
    assertThat(firstViolation(mutant))
        .hasValueSatisfying(found -> assertThat(found.act()).isInstanceOf(mutant.of()));
  }

  static Stream<Mutant> mutants() {
    return Stream.of(
            all(
                Check.PERMISSION,
                List.of(
                    CreateRole.class,
                    RenameRole.class,
                    SetRoleMask.class,
                    MoveRole.class,
                    DeleteRole.class,
                    GiveRole.class,
                    TakeRole.class,
                    CreateChannel.class,
                    ChangeChannel.class,
                    AddToChannel.class,
                    RemoveFromChannel.class,
                    SetOverride.class,
                    RemoveOverride.class,
                    Kick.class,
                    Ban.class,
                    LiftBan.class,
                    TimeOut.class,
                    LiftTimeOut.class,
                    SetNickname.class)),
            all(Check.HELD, List.of(CreateRole.class, SetRoleMask.class, GiveRole.class)),
            all(
                Check.HELD_IN_CHANNEL,
                List.of(
                    DeleteRole.class,
                    GiveRole.class,
                    TakeRole.class,
                    SetOverride.class,
                    RemoveOverride.class)),
            all(
                Check.ABOVE_ROLE,
                List.of(
                    RenameRole.class,
                    SetRoleMask.class,
                    MoveRole.class,
                    DeleteRole.class,
                    GiveRole.class,
                    TakeRole.class,
                    SetOverride.class,
                    RemoveOverride.class)),
            all(
                Check.ABOVE_MEMBER,
                List.of(
                    GiveRole.class,
                    TakeRole.class,
                    RemoveFromChannel.class,
                    SetOverride.class,
                    RemoveOverride.class,
                    Kick.class,
                    Ban.class,
                    TimeOut.class,
                    LiftTimeOut.class,
                    SetNickname.class)),
            all(Check.ABOVE_POSITION, List.of(CreateRole.class, MoveRole.class)),
            all(Check.OWNER, List.of(TransferOwnership.class)))
        .flatMap(mutants -> mutants);
  }

  private static Stream<Mutant> all(
      Check check, List<Class<? extends AdministrativeAct>> kindsOfAct) {
    return kindsOfAct.stream().map(kind -> new Mutant(check, kind));
  }

  private Optional<Violation> firstViolation(Mutant mutant) {
    SplittableRandom random = new SplittableRandom(SEED);
    RandomWorld worlds = new RandomWorld(random, 5, 6, 3);
    RandomAct acts = new RandomAct(random);
    int done = 0;
    while (done < ALLOWED_ACTS) {
      World world = worlds.next();
      for (int i = 0; i < ACTS_IN_ONE_WORLD && done < ALLOWED_ACTS; i++) {
        long actor = acts.actor(world);
        AdministrativeAct act = acts.next(world);
        if (isAllowed(act, actor, world, mutant)) {
          World after = Change.after(world, act, actor);
          String broken = new Invariants(world, after, act, actor).broken();
          if (!broken.isEmpty()) {
            return Optional.of(new Violation(act, actor, broken));
          }
          world = after;
          done++;
        }
      }
    }
    return Optional.empty();
  }

  private boolean isAllowed(AdministrativeAct act, long actor, World world, Mutant mutant) {
    Check leftOut = mutant.of().isInstance(act) ? mutant.check() : Check.NONE;
    Member member = world.memberOf(actor);
    Authority authority = new LenientAuthority(world, member, RandomWorld.NOW, leftOut);
    try {
      Administration.check(act, authority, world, RandomWorld.NOW);
      allowed.merge(act.getClass(), 1, Integer::sum);
      return true;
    } catch (RefusedException refusal) {
      refused.merge(act.getClass(), 1, Integer::sum);
      return false;
    }
  }
}
