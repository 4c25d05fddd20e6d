package chat.starling.channel.directory;

import java.util.concurrent.CompletionStage;

/** Who sees the private channels of a workspace that he is not in. */
public interface Administrators {

  /** Whether the user may do everything in the workspace. */
  CompletionStage<Boolean> isAdministrator(long workspaceId, long userId);
}
