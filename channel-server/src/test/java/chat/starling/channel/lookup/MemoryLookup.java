package chat.starling.channel.lookup;

import chat.starling.api.internal.v1.MemberRow;
import chat.starling.channel.workspace.WorkspaceStore;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Users and the lists of names in memory, for one thread. */
final class MemoryLookup implements LookupStore {

  private static final Comparator<NameEntry> ORDER =
      Comparator.comparing(NameEntry::name, Folding.ORDER).thenComparingLong(NameEntry::id);

  private record Stamped(String name, long micros) {}

  private record Listed(long workspaceId, NameEntry entry) {}

  private final WorkspaceStore workspaces;
  private final Map<UserKey, Stamped> names = new HashMap<>();
  private final Map<Listed, Long> users = new HashMap<>();
  private final Map<Listed, Long> unlisted = new HashMap<>();
  private final Set<Listed> channels = new HashSet<>();
  private int writes;

  MemoryLookup(WorkspaceStore workspaces) {
    this.workspaces = workspaces;
  }

  void listChannel(long workspaceId, long channelId, String name) {
    channels.add(new Listed(workspaceId, new NameEntry(Folding.fold(name), channelId)));
  }

  int writes() {
    return writes;
  }

  @Override
  public CompletionStage<List<MemberRow>> members(long workspaceId, int slice, List<Long> users) {
    return done(
        users.stream()
            .filter(user -> WorkspaceStore.sliceOf(user) == slice)
            .map(user -> workspaces.member(workspaceId, user).toCompletableFuture().join())
            .flatMap(Optional::stream)
            .toList());
  }

  @Override
  public CompletionStage<Map<Long, String>> names(long workspaceId, int slice, List<Long> users) {
    Map<Long, String> found = new HashMap<>();
    for (long user : users) {
      Stamped name = names.get(new UserKey(workspaceId, user));
      if (name != null && WorkspaceStore.sliceOf(user) == slice) {
        found.put(user, name.name());
      }
    }
    return done(found);
  }

  @Override
  public CompletionStage<Void> name(UserName user, String former, long micros) {
    writes++;
    names.merge(user.user(), new Stamped(user.name(), micros), MemoryLookup::later);
    users.merge(listed(user.user(), user.name()), micros, Math::max);
    if (!Folding.fold(former).equals(Folding.fold(user.name()))) {
      unlisted.merge(listed(user.user(), former), micros, Math::max);
    }
    return CompletableFuture.completedStage(null);
  }

  private static Stamped later(Stamped one, Stamped other) {
    return one.micros() >= other.micros() ? one : other;
  }

  private static Listed listed(UserKey user, String name) {
    return new Listed(user.workspaceId(), new NameEntry(Folding.fold(name), user.userId()));
  }

  @Override
  public CompletionStage<List<NameEntry>> usersListed(
      long workspaceId, int slice, String prefix, int limit) {
    return done(
        found(
                users.entrySet().stream()
                    .filter(one -> one.getValue() > unlisted.getOrDefault(one.getKey(), 0L))
                    .map(Map.Entry::getKey),
                workspaceId,
                slice,
                entry -> entry.name().startsWith(prefix))
            .limit(limit)
            .toList());
  }

  @Override
  public CompletionStage<List<NameEntry>> channelsListed(
      long workspaceId, int slice, String prefix, NameEntry after, int limit) {
    return done(
        found(
                channels.stream(),
                workspaceId,
                slice,
                entry -> entry.name().startsWith(prefix) && ORDER.compare(entry, after) > 0)
            .limit(limit)
            .toList());
  }

  private static Stream<NameEntry> found(
      Stream<Listed> all, long workspaceId, int slice, Predicate<NameEntry> wanted) {
    return all.filter(listed -> listed.workspaceId() == workspaceId)
        .map(Listed::entry)
        .filter(entry -> LookupStore.nameSlice(entry.id()) == slice)
        .filter(wanted)
        .sorted(ORDER);
  }

  private static <T> CompletionStage<T> done(T value) {
    return CompletableFuture.completedStage(value);
  }
}
