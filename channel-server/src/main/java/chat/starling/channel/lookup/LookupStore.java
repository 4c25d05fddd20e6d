package chat.starling.channel.lookup;

import chat.starling.api.internal.v1.MemberRow;
import chat.starling.channel.workspace.WorkspaceStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** What is read of many users at once, and the lists of names. Every write may be repeated. */
public interface LookupStore {

  /** Slices of a workspace's lists of names. */
  int NAME_SLICES = 8;

  /** The slice of the lists of names that holds the user or channel. */
  static int nameSlice(long id) {
    return Math.floorMod(Long.hashCode(id * 0x9E3779B97F4A7C15L), NAME_SLICES);
  }

  /**
   * The rows of these users.
   *
   * @param slice that of all of them, {@link WorkspaceStore#sliceOf}
   */
  CompletionStage<List<MemberRow>> members(long workspaceId, int slice, List<Long> users);

  /**
   * Display names by user, of those that have one.
   *
   * @param slice that of all of them, {@link WorkspaceStore#sliceOf}
   */
  CompletionStage<Map<Long, String>> names(long workspaceId, int slice, List<Long> users);

  /**
   * Gives the user a display name and lists it; of two the one with the later time stays.
   *
   * @param former the display name before, which is listed no more; empty when there was none
   * @param micros when, in microseconds since 1970
   */
  CompletionStage<Void> name(UserName user, String former, long micros);

  /**
   * Users of one slice that are listed under names that begin so, in the order of the names.
   *
   * @param prefix folded, not empty
   */
  CompletionStage<List<NameEntry>> usersListed(
      long workspaceId, int slice, String prefix, int limit);

  /**
   * Channels of one slice that are listed under names that begin so, in the order of the names.
   *
   * @param prefix folded, not empty
   * @param after only entries after this one, by name and id
   */
  CompletionStage<List<NameEntry>> channelsListed(
      long workspaceId, int slice, String prefix, NameEntry after, int limit);
}
