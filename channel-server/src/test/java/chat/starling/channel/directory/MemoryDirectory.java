package chat.starling.channel.directory;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The directory's tables in memory, for one thread. */
public final class MemoryDirectory implements DirectoryStore {

  private record Name(long workspaceId, String text) {}

  private record Slice(long workspaceId, int number) {}

  private record Joined(long userId, long workspaceId) {}

  private record Member(long channelId, long userId) {}

  private final Map<Name, Channel> names = new HashMap<>();
  private final Map<Long, Channel> channels = new HashMap<>();
  private final Map<Slice, NavigableMap<Long, Channel>> listed = new HashMap<>();
  private final Map<Joined, NavigableSet<Long>> memberships = new HashMap<>();
  private final Set<Member> members = new HashSet<>();
  private @Nullable Boolean failNext;

  /** Lets the next change fail; it is done all the same, or never. */
  void failNextChange(boolean done) {
    failNext = done;
  }

  @Override
  public CompletionStage<Channel> claimName(Channel channel) {
    Name name = new Name(channel.workspaceId(), channel.name());
    return change(() -> {
      names.putIfAbsent(name, channel);
      return names.getOrDefault(name, channel);
    });
  }

  @Override
  public CompletionStage<Optional<Channel>> named(long workspaceId, String name) {
    return answer(Optional.ofNullable(names.get(new Name(workspaceId, name))));
  }

  @Override
  public CompletionStage<Optional<Channel>> channel(long channelId) {
    return answer(Optional.ofNullable(channels.get(channelId)));
  }

  @Override
  public CompletionStage<Void> make(Channel channel) {
    return change(
            () -> {
              slice(channel.workspaceId(), DirectoryStore.sliceOf(channel.id()))
                  .put(channel.id(), channel);
              join(channel, channel.createdBy());
              return channels.put(channel.id(), channel);
            })
        .thenAccept(done -> {});
  }

  @Override
  public CompletionStage<Void> addMember(Channel channel, long userId) {
    return change(() -> join(channel, userId)).thenAccept(done -> {});
  }

  @Override
  public CompletionStage<Boolean> isMember(long channelId, long userId) {
    return answer(members.contains(new Member(channelId, userId)));
  }

  @Override
  public CompletionStage<List<Long>> members(long channelId, int slice, long afterUser, int limit) {
    return answer(
        members.stream()
            .filter(member -> member.channelId == channelId)
            .map(Member::userId)
            .filter(user -> DirectoryStore.memberSliceOf(user) == slice && user > afterUser)
            .sorted()
            .limit(limit)
            .toList());
  }

  @Override
  public CompletionStage<Integer> everJoined(long channelId, int limit) {
    long all = members.stream().filter(member -> member.channelId == channelId).count();
    return answer((int) Math.min(limit, all));
  }

  @Override
  public CompletionStage<List<Channel>> list(
      long workspaceId, int slice, long afterChannel, int limit) {
    return answer(
        slice(workspaceId, slice).tailMap(afterChannel, false).values().stream()
            .limit(limit)
            .toList());
  }

  @Override
  public CompletionStage<List<Long>> memberships(
      long userId, long workspaceId, long afterChannel, int limit) {
    return answer(
        joined(userId, workspaceId).tailSet(afterChannel, false).stream().limit(limit).toList());
  }

  private boolean join(Channel channel, long userId) {
    members.add(new Member(channel.id(), userId));
    return joined(userId, channel.workspaceId()).add(channel.id());
  }

  private NavigableMap<Long, Channel> slice(long workspaceId, int number) {
    return listed.computeIfAbsent(new Slice(workspaceId, number), s -> new TreeMap<>());
  }

  private NavigableSet<Long> joined(long userId, long workspaceId) {
    return memberships.computeIfAbsent(new Joined(userId, workspaceId), j -> new TreeSet<>());
  }

  private <T> CompletionStage<T> change(Supplier<T> effect) {
    Boolean fails = failNext;
    failNext = null;
    if (fails == null) {
      return answer(effect.get());
    }
    if (fails) {
      var _ = effect.get();
    }
    return CompletableFuture.failedStage(new IllegalStateException("store fault"));
  }

  private static <T> CompletionStage<T> answer(T value) {
    return CompletableFuture.completedStage(value);
  }
}
