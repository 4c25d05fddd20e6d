package chat.starling.channel.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.internal.v1.Act;
import chat.starling.api.internal.v1.InvitationRow;
import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.MemberState;
import chat.starling.api.internal.v1.RoleRow;
import chat.starling.platform.permission.Permission;
import chat.starling.platform.refusal.RefusedException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Random people do random acts in small workspaces, and invite one another: nobody gets a role by
 * an invitation that its maker could not give him at that moment, judged by the rows alone.
 */
class GeneratedInvitationsTest {

  private static final long SEED = 20261128;
  private static final int ROLES_GIVEN = 80;
  private static final int TRIES_IN_ONE_WORLD = 600;

  private final Random random = new Random(SEED);
  private int given;
  private int withheld;

  @Test
  void acceptedInvitations_giveNoRoleThatTheirMakersCouldNotGive() {
    while (given < ROLES_GIVEN) {
      World world = new World();
      for (int i = 0; i < TRIES_IN_ONE_WORLD; i++) {
        world.tryOne();
      }
    }
    assertThat(withheld).as("roles of invitations that were not given any more").isPositive();
  }

  /** One workspace, which user 1 has founded. */
  private final class World extends DecidedWorkspace {
    private final RandomActs acts = new RandomActs(W, store, random, () -> nowMillis);

    World() {
      RandomActs.CHANNELS.forEach(channel -> store.addChannel(W, channel));
      act(OWNER, RandomActs.FOUND);
    }

    void tryOne() {
      long actor = 1L + random.nextInt(RandomActs.USERS);
      Act act = acts.next(actor);
      Optional<InvitationRow> invitation = accepted(act);
      List<Long> had = rolesOf(actor);
      List<Long> mayGive = invitation.map(this::mayGive).orElse(List.of());
      if (isDone(actor, act) && invitation.isPresent()) {
        List<Long> got = new ArrayList<>(rolesOf(actor));
        got.removeAll(had);
        assertThat(mayGive).as("%s by %s", act, invitation).containsAll(got);
        given += got.size();
        withheld += invitation.get().getRoleIdsCount() > got.size() ? 1 : 0;
      }
    }

    private boolean isDone(long actor, Act act) {
      try {
        if (decide(request(actor, act)) instanceof Decision.Change) {
          done(request(actor, act));
          return true;
        }
      } catch (CompletionException refused) {
        assertThat(refused.getCause()).isInstanceOf(RefusedException.class);
      }
      return false;
    }

    private Optional<InvitationRow> accepted(Act act) {
      return store.invitations(W).toCompletableFuture().join().stream()
          .filter(row -> row.getCode().equals(act.getAcceptInvitation().getCode()))
          .findFirst();
    }

    private Optional<MemberRow> row(long user) {
      return store.member(W, user).toCompletableFuture().join();
    }

    private List<Long> rolesOf(long user) {
      return row(user).map(MemberRow::getRoleIdsList).orElse(List.of());
    }

    /** The roles below the highest of its maker that permit nothing which he lacks. */
    private List<Long> mayGive(InvitationRow invitation) {
      Maker maker = new Maker(workspace(), row(invitation.getCreatedBy()));
      return workspace().roles().stream().filter(maker::mayGive).map(RoleRow::getRoleId).toList();
    }
  }

  /** Who made an invitation, if he is a member still. */
  private record Maker(Workspace workspace, Optional<MemberRow> row) {

    boolean mayGive(RoleRow role) {
      if (row.isEmpty() || row.get().getState() != MemberState.MEMBER_STATE_MEMBER) {
        return false;
      }
      if (row.get().getUserId() == workspace.row().getOwnerId()) {
        return true;
      }
      long held = held();
      boolean isAdministrator = has(held, Permission.ADMINISTRATOR);
      boolean isTimedOut = row.get().getTimedOutUntilMillis() > DecidedWorkspace.NOW_MILLIS;
      return (isAdministrator || (has(held, Permission.MANAGE_ROLES) && !isTimedOut))
          && (isAdministrator || (role.getPermissions() & ~held) == 0)
          && roles().anyMatch(own -> isAbove(own, role));
    }

    private Stream<RoleRow> roles() {
      return workspace.roles().stream()
          .filter(role ->
              role.getRoleId() == workspace.id()
                  || row.orElseThrow().getRoleIdsList().contains(role.getRoleId()));
    }

    private long held() {
      return roles().mapToLong(RoleRow::getPermissions).reduce(0, (one, other) -> one | other);
    }

    private static boolean has(long held, Permission permission) {
      return (held & permission.mask()) != 0;
    }

    private static boolean isAbove(RoleRow one, RoleRow other) {
      return Comparator.comparingInt(RoleRow::getPosition)
              .thenComparing(RoleRow::getRoleId, Comparator.reverseOrder())
              .compare(one, other)
          > 0;
    }
  }
}
