package chat.starling.channel.workspace;

import chat.starling.api.internal.v1.Act;
import chat.starling.api.internal.v1.ChannelKind;
import chat.starling.api.internal.v1.WorkspaceChange;
import chat.starling.api.internal.v1.WorkspaceEvent;
import java.util.Optional;

/** What the audit log keeps of events. */
public final class AuditEntry {

  private AuditEntry() {}

  /**
   * The entry; none for those who come and go by themselves, of whom there may be millions, unless
   * it is into a private channel, which only its administrators can, or gives roles; and none for
   * direct channels, which are nobody else's business.
   */
  public static Optional<WorkspaceEvent> of(WorkspaceEvent event) {
    return switch (event.getAct().getActCase()) {
      case ENTER, LEAVE, OPEN_DIRECT -> Optional.empty();
      case JOIN_CHANNEL, LEAVE_CHANNEL -> isPrivate(event) ? entry(event) : Optional.empty();
      case ACCEPT_INVITATION -> acceptance(event);
      default -> entry(event);
    };
  }

  /** Without the code, which may invite others still; none for those who get no role by it. */
  private static Optional<WorkspaceEvent> acceptance(WorkspaceEvent event) {
    Act.AcceptInvitation.Builder accepted = Act.AcceptInvitation.newBuilder();
    for (WorkspaceChange change : event.getChangesList()) {
      switch (change.getChangeCase()) {
        case MEMBER -> accepted.addAllRoleIds(change.getMember().getRoleIdsList());
        case INVITATION -> accepted.setInvitationId(change.getInvitation().getInvitationId());
        case DELETED_INVITATION_ID -> accepted.setInvitationId(change.getDeletedInvitationId());
        default -> {}
      }
    }
    return accepted.getRoleIdsCount() == 0
        ? Optional.empty()
        : entry(event.toBuilder().setAct(Act.newBuilder().setAcceptInvitation(accepted)).build());
  }

  private static Optional<WorkspaceEvent> entry(WorkspaceEvent event) {
    return Optional.of(event.toBuilder().clearNonce().clearChanges().build());
  }

  private static boolean isPrivate(WorkspaceEvent event) {
    return event.getChangesList().stream()
        .anyMatch(change -> change.getMembership().getKind() == ChannelKind.CHANNEL_KIND_PRIVATE);
  }
}
