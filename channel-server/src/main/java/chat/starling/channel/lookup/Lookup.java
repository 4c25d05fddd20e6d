package chat.starling.channel.lookup;

import chat.starling.api.internal.v1.ChannelObject;
import chat.starling.api.internal.v1.ChannelRow;
import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.UserRecord;
import chat.starling.channel.workspace.ChannelState;
import chat.starling.channel.workspace.WorkspaceStore;
import chat.starling.platform.ids.Snowflake;
import com.google.protobuf.util.Timestamps;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads many users and channels at once, or by the beginnings of their names. */
public final class Lookup {

  /** Users, channels or names that one call is about. */
  public static final int MOST = 200;

  /** Entries under former names that a search looks past. */
  private static final int SLACK = 20;

  private record Slice(long workspaceId, int number) {}

  private final LookupStore store;
  private final WorkspaceStore workspaces;
  private final InstantSource clock;

  /** Of these stores. */
  public Lookup(LookupStore store, WorkspaceStore workspaces, InstantSource clock) {
    this.store = store;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  /** These users, but for those of whom nothing is known. */
  public CompletionStage<List<UserRecord>> users(Collection<UserKey> keys) {
    Map<Slice, List<Long>> slices = new LinkedHashMap<>();
    for (UserKey key : new LinkedHashSet<>(keys)) {
      Slice slice = new Slice(key.workspaceId(), WorkspaceStore.sliceOf(key.userId()));
      slices.computeIfAbsent(slice, s -> new ArrayList<>()).add(key.userId());
    }
    List<CompletionStage<List<UserRecord>>> reads = new ArrayList<>();
    slices.forEach((slice, users) -> reads.add(users(slice, users)));
    return all(reads).thenApply(found -> found.stream().flatMap(List::stream).toList());
  }

  private CompletionStage<List<UserRecord>> users(Slice slice, List<Long> users) {
    return store
        .members(slice.workspaceId(), slice.number(), users)
        .thenCombine(
            store.names(slice.workspaceId(), slice.number(), users),
            (members, names) -> records(slice.workspaceId(), members, names));
  }

  private static List<UserRecord> records(
      long workspaceId, List<MemberRow> members, Map<Long, String> names) {
    Map<Long, UserRecord.Builder> records = new HashMap<>();
    members.forEach(row -> record(records, workspaceId, row.getUserId()).setMember(row));
    names.forEach((user, name) -> record(records, workspaceId, user).setDisplayName(name));
    return records.values().stream().map(UserRecord.Builder::build).toList();
  }

  private static UserRecord.Builder record(
      Map<Long, UserRecord.Builder> records, long workspaceId, long userId) {
    return records.computeIfAbsent(
        userId,
        id -> {
          UserRecord.Builder made = UserRecord.newBuilder().setWorkspaceId(workspaceId);
          made.getMemberBuilder().setUserId(id);
          return made;
        });
  }

  /** These channels, but for those that are not there. */
  public CompletionStage<List<ChannelObject>> channels(Collection<Long> ids) {
    return all(new LinkedHashSet<>(ids).stream().map(this::channel).toList())
        .thenApply(found -> found.stream().flatMap(Optional::stream).toList());
  }

  private CompletionStage<Optional<ChannelObject>> channel(long id) {
    return workspaces.channel(id).thenApply(found -> found.map(Lookup::object));
  }

  private static ChannelObject object(ChannelState state) {
    ChannelRow row = state.row();
    return ChannelObject.newBuilder()
        .setWorkspaceId(state.workspaceId())
        .setRow(row)
        .setCreatedAt(Timestamps.fromMillis(Snowflake.epochMillis(row.getChannelId())))
        .addAllOverrides(state.overrides())
        .setVersion(state.version())
        .build();
  }

  /** Makes the names known; those that are cost a read and no write. */
  public CompletionStage<Void> name(List<UserName> names) {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    return users(names.stream().map(UserName::user).toList())
        .thenCompose(known -> {
          Map<UserKey, String> before = new HashMap<>();
          known.forEach(record -> before.put(key(record), record.getDisplayName()));
          return all(
              names.stream()
                  .filter(name -> !name.name().equals(before.get(name.user())))
                  .map(name -> store.name(name, before.getOrDefault(name.user(), ""), micros))
                  .toList());
        })
        .thenAccept(done -> {});
  }

  private static UserKey key(UserRecord record) {
    return new UserKey(record.getWorkspaceId(), record.getMember().getUserId());
  }

  /** Users whose display name or nickname begins so, in the order of these names. */
  public CompletionStage<List<UserRecord>> findUsers(long workspaceId, String prefix, int limit) {
    String folded = Folding.fold(prefix);
    if (folded.isEmpty()) {
      return CompletableFuture.completedStage(List.of());
    }
    return listed(slice -> store.usersListed(workspaceId, slice, folded, limit + SLACK))
        .thenCompose(entries -> {
          List<NameEntry> first = entries.subList(0, Math.min(entries.size(), limit + SLACK));
          return users(first.stream().map(entry -> new UserKey(workspaceId, entry.id())).toList())
              .thenApply(users -> current(first, users, limit));
        });
  }

  private static List<UserRecord> current(
      List<NameEntry> entries, List<UserRecord> users, int limit) {
    Map<Long, UserRecord> byId = new HashMap<>();
    users.forEach(user -> byId.put(user.getMember().getUserId(), user));
    return entries.stream()
        .filter(entry -> isCalled(byId.get(entry.id()), entry.name()))
        .map(entry -> Objects.requireNonNull(byId.get(entry.id())))
        .distinct()
        .limit(limit)
        .toList();
  }

  private static boolean isCalled(@Nullable UserRecord user, String folded) {
    return user != null
        && (Folding.fold(user.getDisplayName()).equals(folded)
            || Folding.fold(user.getMember().getNickname()).equals(folded));
  }

  /**
   * Channels whose name begins so, in the order of their names.
   *
   * @param after where the page before ended; an empty name for the first
   */
  public CompletionStage<ChannelsFound> findChannels(
      long workspaceId, String prefix, NameEntry after, int limit) {
    String folded = Folding.fold(prefix);
    if (folded.isEmpty()) {
      return CompletableFuture.completedStage(new ChannelsFound(List.of(), null));
    }
    NameEntry from = after.name().isEmpty() ? new NameEntry(folded, 0) : after;
    return listed(slice -> store.channelsListed(workspaceId, slice, folded, from, limit))
        .thenCompose(entries -> {
          List<NameEntry> page = entries.subList(0, Math.min(entries.size(), limit));
          NameEntry next = page.size() < limit ? null : page.getLast();
          return channels(page.stream().map(NameEntry::id).toList())
              .thenApply(found -> new ChannelsFound(current(page, found), next));
        });
  }

  private static List<ChannelObject> current(List<NameEntry> entries, List<ChannelObject> found) {
    Map<NameEntry, ChannelObject> byEntry = new HashMap<>();
    found.forEach(object -> {
      ChannelRow row = object.getRow();
      byEntry.put(new NameEntry(Folding.fold(row.getName()), row.getChannelId()), object);
    });
    return entries.stream().map(byEntry::get).filter(Objects::nonNull).toList();
  }

  /** What the slices list, in the order of names and ids. */
  private static CompletionStage<List<NameEntry>> listed(SliceRead read) {
    return all(IntStream.range(0, LookupStore.NAME_SLICES).mapToObj(read::of).toList())
        .thenApply(slices ->
            slices.stream()
                .flatMap(List::stream)
                .sorted(
                    Comparator.comparing(NameEntry::name, Folding.ORDER)
                        .thenComparingLong(NameEntry::id))
                .toList());
  }

  /** Reads one slice of a list. */
  private interface SliceRead {
    CompletionStage<List<NameEntry>> of(int slice);
  }

  private static <T> CompletionStage<List<T>> all(List<CompletionStage<T>> stages) {
    CompletionStage<List<T>> all = CompletableFuture.completedStage(new ArrayList<>());
    for (CompletionStage<T> one : stages) {
      all =
          all.thenCombine(
              one,
              (values, value) -> {
                values.add(value);
                return values;
              });
    }
    return all;
  }
}
