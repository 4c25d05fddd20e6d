package chat.starling.channel.workspace;

import chat.starling.api.internal.v1.WorkspaceEvent;
import java.util.Optional;

/** What the audit log keeps of events. */
public final class AuditEntry {

  private AuditEntry() {}

  /** The entry; none for those who come and go by themselves, of whom there may be millions. */
  public static Optional<WorkspaceEvent> of(WorkspaceEvent event) {
    return switch (event.getAct().getActCase()) {
      case ENTER, LEAVE -> Optional.empty();
      default -> Optional.of(event.toBuilder().clearNonce().clearChanges().build());
    };
  }
}
