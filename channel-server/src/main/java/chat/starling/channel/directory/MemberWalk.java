package chat.starling.channel.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/**
 * One walk through the slices of a channel's members until there are enough. A large channel fills
 * a page from one slice; for a small one several are read at once.
 */
final class MemberWalk {

  private static final int AT_ONCE = 8;

  private final DirectoryStore store;
  private final long channelId;
  private final int size;
  private final List<Long> found = new ArrayList<>();

  MemberWalk(DirectoryStore store, long channelId, int size) {
    this.store = store;
    this.channelId = channelId;
    this.size = size;
  }

  /** The page that begins in this slice, after this user. */
  CompletionStage<ChannelMembersPage> from(int slice, long afterUser) {
    return read(slice, afterUser).thenCompose(users -> took(users, slice + 1));
  }

  private CompletionStage<ChannelMembersPage> took(List<Long> users, int next) {
    found.addAll(users);
    if (found.size() > size) {
      return CompletableFuture.completedStage(
          new ChannelMembersPage(found.subList(0, size), found.get(size - 1)));
    }
    if (next >= DirectoryStore.MEMBER_SLICES) {
      return CompletableFuture.completedStage(new ChannelMembersPage(found, 0));
    }
    int end = Math.min(next + AT_ONCE, DirectoryStore.MEMBER_SLICES);
    return slices(next, end).thenCompose(more -> took(more, end));
  }

  private CompletionStage<List<Long>> slices(int from, int to) {
    CompletionStage<List<Long>> all = CompletableFuture.completedStage(new ArrayList<>());
    for (CompletionStage<List<Long>> one :
        IntStream.range(from, to).mapToObj(slice -> read(slice, 0)).toList()) {
      all =
          all.thenCombine(
              one,
              (users, more) -> {
                users.addAll(more);
                return users;
              });
    }
    return all;
  }

  /** One more than is missing, to see that there is a next page. */
  private CompletionStage<List<Long>> read(int slice, long afterUser) {
    return store.members(channelId, slice, afterUser, size + 1 - found.size());
  }
}
