package chat.starling.gateway.administration;

import chat.starling.api.internal.v1.Act;
import chat.starling.api.v1.Workspace;
import chat.starling.gateway.runtime.EdgeCache;
import chat.starling.gateway.signin.Identity;
import java.util.concurrent.CompletableFuture;

/** The ways into a workspace: by a token alone, or by an invitation. */
public record Entrance(Acts acts, Insiders insiders, EdgeCache cache) {

  /**
   * Does the act by which the caller comes in, as {@link Acts#run} does, and shows him the
   * workspace. Others can name him then, before he looks anything up.
   */
  public CompletableFuture<Workspace> comeIn(
      Identity who, long workspaceId, Act.Builder act, Terms terms) {
    return acts.run(who, workspaceId, act, terms, done -> insiders.workspace(who, workspaceId))
        .thenApply(seen -> {
          cache.seen(who, workspaceId);
          return seen.shown();
        });
  }
}
