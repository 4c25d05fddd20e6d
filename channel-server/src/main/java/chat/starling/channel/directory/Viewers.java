package chat.starling.channel.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** For whom a channel is there at all: a private one and a direct one are not for everybody. */
final class Viewers {

  private final DirectoryStore store;
  private final Administrators administrators;

  Viewers(DirectoryStore store, Administrators administrators) {
    this.store = store;
    this.administrators = administrators;
  }

  /** Whether the channel is there for the user, who is nobody in particular when 0. */
  CompletionStage<Boolean> isThere(Channel channel, long userId) {
    if (channel.isOpen() || userId == 0) {
      return CompletableFuture.completedStage(channel.isOpen());
    }
    return store
        .isMember(channel.id(), userId)
        .thenCompose(member -> isThere(channel, userId, member));
  }

  /** Whether the channel is there for the user, of whom it is known if he is in it. */
  CompletionStage<Boolean> isThere(Channel channel, long userId, boolean member) {
    return member || channel.isOpen() || !channel.isAdministered()
        ? CompletableFuture.completedStage(member || channel.isOpen())
        : administrators.isAdministrator(channel.workspaceId(), userId);
  }

  /** Those of the channels that are there for the user, in the same order. */
  CompletionStage<List<Channel>> thereFor(long userId, List<Channel> channels) {
    CompletionStage<List<Channel>> all = CompletableFuture.completedStage(new ArrayList<>());
    for (Channel channel : channels) {
      all =
          all.thenCombine(
              isThere(channel, userId),
              (found, there) -> {
                if (there) {
                  found.add(channel);
                }
                return found;
              });
    }
    return all;
  }
}
