package chat.starling.channel.workspace;

import chat.starling.api.internal.v1.AdministerResponse;
import chat.starling.api.internal.v1.WorkspaceEvent;

/** What is to become of an act that is not refused. */
public sealed interface Decision {

  /**
   * It becomes an event.
   *
   * @param event without seq and event id
   */
  record Change(WorkspaceEvent event) implements Decision {}

  /** There is nothing to do, or it was done before. */
  record Nothing(AdministerResponse response) implements Decision {}

  /** It cannot be decided before the rows hold what the acts before it in its turn become. */
  record Later() implements Decision {}
}
