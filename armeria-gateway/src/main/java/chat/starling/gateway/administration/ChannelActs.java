package chat.starling.gateway.administration;

import chat.starling.api.internal.v1.Act;
import chat.starling.api.internal.v1.AdministerResponse;
import chat.starling.gateway.signin.Identity;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Acts on channels, which are named without their workspace. */
public final class ChannelActs {

  private final Acts acts;
  private final Channels channels;

  /** Acts on the channels that callers see. */
  public ChannelActs(Acts acts, Channels channels) {
    this.acts = acts;
    this.channels = channels;
  }

  /**
   * Does an act on a channel, as {@link Acts#run} does; fails with CHANNEL_NOT_FOUND, the same for
   * a channel that the caller does not see as for one that there is not.
   */
  public <T> CompletableFuture<T> run(
      Identity who,
      long channelId,
      Act.Builder act,
      Terms terms,
      Function<AdministerResponse, CompletableFuture<T>> show) {
    return channels
        .workspaceOf(who, channelId)
        .thenCompose(workspace -> acts.run(who, workspace, act, terms, show))
        .exceptionallyCompose(
            fault -> CompletableFuture.failedFuture(Channels.shown(channelId, fault)));
  }
}
