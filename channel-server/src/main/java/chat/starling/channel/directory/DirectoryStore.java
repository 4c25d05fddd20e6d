package chat.starling.channel.directory;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The directory's tables. Every write may be repeated. */
public interface DirectoryStore {

  /** Slices of a workspace's list of channels. */
  int WORKSPACE_SLICES = 16;

  /** Slices of a channel's members. */
  int MEMBER_SLICES = 64;

  /** Up to how many members of a channel are counted. */
  int MOST_COUNTED = 100;

  /** The slice in which a workspace lists the channel. */
  static int sliceOf(long channelId) {
    return Math.floorMod(Long.hashCode(channelId * 0x9E3779B97F4A7C15L), WORKSPACE_SLICES);
  }

  /** The slice in which a channel lists the user. */
  static byte memberSliceOf(long userId) {
    return (byte) Math.floorMod(Long.hashCode(userId * 0x9E3779B97F4A7C15L), MEMBER_SLICES);
  }

  /**
   * Gives the channel's name to it unless somebody has it; completes with the channel that has the
   * name then.
   */
  CompletionStage<Channel> claimName(Channel channel);

  /** The channel that has the name, made or half made. */
  CompletionStage<Optional<Channel>> named(long workspaceId, String name);

  /** The channel with the id, once it is made. */
  CompletionStage<Optional<Channel>> channel(long channelId);

  /** Makes a channel that has its name: lists it, makes its creator a member, then shows it. */
  CompletionStage<Void> make(Channel channel);

  /** Makes the user a member, and counts him unless there are more than are counted. */
  CompletionStage<Void> addMember(Channel channel, long userId);

  /** Whether the user is a member. */
  CompletionStage<Boolean> isMember(long channelId, long userId);

  /** Members of one slice of a channel with larger ids than this one, in rising order. */
  CompletionStage<List<Long>> members(long channelId, int slice, long afterUser, int limit);

  /**
   * How many users have ever joined the channel, counted up to this limit.
   *
   * @param limit 1 to {@link #MOST_COUNTED} and one
   */
  CompletionStage<Integer> everJoined(long channelId, int limit);

  /** Channels of one slice with larger ids than this one, in rising order. */
  CompletionStage<List<Channel>> list(long workspaceId, int slice, long afterChannel, int limit);

  /** A user's channels with larger ids than this one, in rising order. */
  CompletionStage<List<Long>> memberships(
      long userId, long workspaceId, long afterChannel, int limit);
}
