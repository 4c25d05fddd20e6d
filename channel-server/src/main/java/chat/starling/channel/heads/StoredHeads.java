package chat.starling.channel.heads;

import chat.starling.channel.directory.Channel;
import chat.starling.channel.directory.DirectoryStore;
import chat.starling.channel.feed.FeedHeads;
import chat.starling.platform.ids.FeedId;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** What the store knows of workspaces and heads; a head in it may be some seconds old. */
public record StoredHeads(DirectoryStore directory, FeedHeads heads) {

  /** Slices in which a workspace's channels are listed. */
  public static final int SLICES = DirectoryStore.WORKSPACE_SLICES;

  /** The channel's workspace; empty when there is no such channel. */
  public CompletionStage<OptionalLong> workspaceOf(long channelId) {
    return directory
        .channel(channelId)
        .thenApply(found ->
            found.isPresent() ? OptionalLong.of(found.get().workspaceId()) : OptionalLong.empty());
  }

  /** Channels of one slice with larger ids than this one, in rising order. */
  public CompletionStage<List<Long>> channels(
      long workspaceId, int slice, long afterChannel, int limit) {
    return directory
        .list(workspaceId, slice, afterChannel, limit)
        .thenApply(channels -> channels.stream().map(Channel::id).toList());
  }

  /** The channel's head. */
  public CompletionStage<ChannelHead> head(long channelId) {
    return heads
        .read(FeedId.channel(channelId))
        .thenApply(head -> new ChannelHead(channelId, head.seq()));
  }
}
