package chat.starling.channel.workspace;

import chat.starling.api.internal.v1.ChannelKind;
import chat.starling.api.internal.v1.WorkspaceEvent;
import java.util.Optional;

/** What the audit log keeps of events. */
public final class AuditEntry {

  private AuditEntry() {}

  /**
   * The entry; none for those who come and go by themselves, of whom there may be millions, unless
   * it is into a private channel, which only its administrators can; and none for direct channels,
   * which are nobody else's business.
   */
  public static Optional<WorkspaceEvent> of(WorkspaceEvent event) {
    return switch (event.getAct().getActCase()) {
      case ENTER, LEAVE, OPEN_DIRECT -> Optional.empty();
      case JOIN_CHANNEL, LEAVE_CHANNEL -> isPrivate(event) ? entry(event) : Optional.empty();
      default -> entry(event);
    };
  }

  private static Optional<WorkspaceEvent> entry(WorkspaceEvent event) {
    return Optional.of(event.toBuilder().clearNonce().clearChanges().build());
  }

  private static boolean isPrivate(WorkspaceEvent event) {
    return event.getChangesList().stream()
        .anyMatch(change -> change.getMembership().getKind() == ChannelKind.CHANNEL_KIND_PRIVATE);
  }
}
