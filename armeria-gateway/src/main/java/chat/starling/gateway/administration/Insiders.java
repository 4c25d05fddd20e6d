package chat.starling.gateway.administration;

import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.MemberState;
import chat.starling.api.v1.Reason;
import chat.starling.gateway.runtime.Permits;
import chat.starling.gateway.signin.Identity;
import chat.starling.gateway.workspace.Standing;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.refusal.RefusedException;
import java.util.concurrent.CompletableFuture;

/**
 * Those who may read of a workspace: whom a token admits and who neither left nor was removed. All
 * answers are true at some moment after the question.
 */
public final class Insiders {

  private final Permits permits;

  /** Insiders as these permits have them. */
  public Insiders(Permits permits) {
    this.permits = permits;
  }

  /**
   * What the caller is to the workspace, which his token admits to; fails with NOT_A_MEMBER or
   * BANNED when he may not read of it.
   */
  public CompletableFuture<Standing> require(Identity who, long workspaceId) {
    return permits
        .standing(workspaceId, who.userId())
        .thenApply(standing -> {
          MemberState state = standing.member().getState();
          switch (state) {
            case MEMBER_STATE_LEFT -> throw refusal(Reason.REASON_NOT_A_MEMBER, workspaceId);
            case MEMBER_STATE_BANNED -> throw refusal(Reason.REASON_BANNED, workspaceId);
            default -> {}
          }
          return standing;
        });
  }

  /** The workspace as the caller sees it; fails as {@link #require}. */
  public CompletableFuture<SeenWorkspace> workspace(Identity who, long workspaceId) {
    return require(who, workspaceId)
        .thenApply(standing ->
            new SeenWorkspace(
                workspaceId, standing.rules(), standing.mask(permits.clock().millis())));
  }

  /** What a user is to the workspace. */
  public CompletableFuture<MemberRow> member(long workspaceId, long userId) {
    return permits.standing(workspaceId, userId).thenApply(Standing::member);
  }

  /** The refusal for who is not in the workspace. */
  static RefusedException refusal(Reason reason, long workspaceId) {
    return Refuse.because(reason)
        .field("workspace_id")
        .value(workspaceId)
        .expected("a workspace that the caller has neither left nor been removed from")
        .toException();
  }
}
