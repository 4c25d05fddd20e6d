package chat.starling.channel.directory;

import chat.starling.api.v1.Reason;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.refusal.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/**
 * Makes, finds and lists channels, and keeps their members. A channel that was half made, because a
 * server stopped in the middle, is finished by whoever asks for its name next.
 */
public final class Directory {

  private final DirectoryStore store;
  private final Viewers viewers;
  private final LongSupplier nextId;

  /**
   * A directory on these tables.
   *
   * @param nextId makes ids of new channels
   */
  public Directory(DirectoryStore store, Administrators administrators, LongSupplier nextId) {
    this.store = store;
    this.viewers = new Viewers(store, administrators);
    this.nextId = nextId;
  }

  /**
   * Makes a channel and its creator a member; the same creator gets the same channel again. Refuses
   * with NAME_INVALID, NAME_TAKEN.
   */
  public CompletionStage<Channel> create(long workspaceId, String name, long creatorId) {
    Channel mine = new Channel(nextId.getAsLong(), workspaceId, ChannelName.check(name), creatorId);
    return store
        .named(workspaceId, name)
        .thenCompose(found ->
            found.isPresent()
                ? CompletableFuture.completedStage(found.get())
                : store.claimName(mine))
        .thenCompose(this::made)
        .thenApply(channel -> {
          if (!channel.isOpen() || channel.createdBy() != creatorId) {
            throw taken(name);
          }
          return channel;
        });
  }

  /**
   * The channel of that name. Refuses with CHANNEL_NOT_FOUND, NAME_INVALID.
   *
   * @param viewerId who asks; 0 for nobody in particular
   */
  public CompletionStage<Channel> lookup(long workspaceId, String name, long viewerId) {
    return store
        .named(workspaceId, ChannelName.check(name))
        .thenCompose(found -> made(found.orElseThrow(() -> notFound("name", name))))
        .thenCompose(channel ->
            viewers
                .isThere(channel, viewerId)
                .thenApply(there -> {
                  if (!there) {
                    throw notFound("name", name);
                  }
                  return channel;
                }));
  }

  /** Makes the user a member of a public channel. Refuses with CHANNEL_NOT_FOUND. */
  public CompletionStage<Channel> join(long channelId, long userId) {
    return existing(channelId)
        .thenCompose(channel -> {
          if (!channel.isOpen()) {
            throw notFound("channel_id", channelId);
          }
          return store.addMember(channel, userId).thenApply(done -> channel);
        });
  }

  /** Whether the user, for whom it is there, is a member. Refuses with CHANNEL_NOT_FOUND. */
  public CompletionStage<Membership> membership(long channelId, long userId) {
    return existing(channelId)
        .thenCombine(store.isMember(channelId, userId), Membership::new)
        .thenCompose(found ->
            viewers
                .isThere(found.channel(), userId, found.member())
                .thenApply(there -> {
                  if (!there) {
                    throw notFound("channel_id", channelId);
                  }
                  return found;
                }));
  }

  /**
   * How many members the channel has at most: those who have ever joined it. One more than {@code
   * most} stands for all that are larger, 0 for a channel that is not there.
   *
   * @param most 1 to {@link DirectoryStore#MOST_COUNTED}
   */
  public CompletionStage<Integer> count(long channelId, int most) {
    return store.everJoined(channelId, most + 1);
  }

  /**
   * A page of a channel's members, full but for the last.
   *
   * @param afterUser where the page before ended; 0 for the first
   * @param size 1 or more
   */
  public CompletionStage<ChannelMembersPage> members(long channelId, long afterUser, int size) {
    int slice = afterUser == 0 ? 0 : DirectoryStore.memberSliceOf(afterUser);
    return new MemberWalk(store, channelId, size).from(slice, afterUser);
  }

  /**
   * One page of channels, which may be short and yet have a next one. Refuses with PAGE_TOKEN.
   *
   * @param size 1 or more
   */
  public CompletionStage<ChannelPage> list(ChannelQuery query, int size, String token) {
    PageToken from = PageToken.read(token, query);
    return query.memberId() == 0
        ? listed(query, from, size)
        : joined(query, from, size)
            .thenCompose(all ->
                viewers
                    .thereFor(query.viewerId(), all.channels())
                    .thenApply(channels -> new ChannelPage(channels, all.nextToken())));
  }

  /**
   * A page of the workspace's channels, whoever sees them.
   *
   * @param from behind the channel of this id; or, as its number and negative, where a slice
   *     begins; 0 for where all begins
   * @param size 1 or more
   */
  public CompletionStage<ChannelScan> scan(long workspaceId, long from, int size) {
    int slice = from > 0 ? DirectoryStore.sliceOf(from) : Math.toIntExact(-from);
    return slice >= DirectoryStore.WORKSPACE_SLICES
        ? CompletableFuture.completedStage(ChannelScan.END)
        : store
            .list(workspaceId, slice, Math.max(0, from), size)
            .thenCompose(found -> {
              long next = found.size() < size ? nextSlice(slice) : found.getLast().id();
              return found.isEmpty() && next != 0
                  ? scan(workspaceId, next, size)
                  : CompletableFuture.completedStage(new ChannelScan(found, next));
            });
  }

  private static long nextSlice(int slice) {
    return slice + 1 == DirectoryStore.WORKSPACE_SLICES ? 0 : -(slice + 1);
  }

  /**
   * The ids of a user's channels in a workspace after this one, in rising order; a channel that is
   * only half made may be among them.
   *
   * @param size 1 or more
   */
  public CompletionStage<MembershipPage> memberships(
      long userId, long workspaceId, long afterChannel, int size) {
    return store
        .memberships(userId, workspaceId, afterChannel, size + 1)
        .thenApply(found ->
            new MembershipPage(
                found.subList(0, Math.min(size, found.size())), found.size() > size));
  }

  /**
   * Neither how full a page is nor its token tells of channels that are not there for the viewer.
   */
  private CompletionStage<ChannelPage> listed(ChannelQuery query, PageToken from, int size) {
    return walk(query, from, size + 1, new ArrayList<>())
        .thenApply(found -> {
          List<Channel> page = found.subList(0, Math.min(size, found.size()));
          return new ChannelPage(page, found.size() > size ? after(page.getLast(), query) : "");
        });
  }

  private CompletionStage<List<Channel>> walk(
      ChannelQuery query, PageToken from, int limit, List<Channel> found) {
    if (from.slice() >= DirectoryStore.WORKSPACE_SLICES || found.size() >= limit) {
      return CompletableFuture.completedStage(found);
    }
    int missing = limit - found.size();
    return store
        .list(query.workspaceId(), from.slice(), from.afterChannel(), missing)
        .thenCompose(listed ->
            viewers
                .thereFor(query.viewerId(), listed)
                .thenCompose(there -> {
                  found.addAll(there);
                  return walk(query, next(from, listed, missing), limit, found);
                }));
  }

  private static PageToken next(PageToken from, List<Channel> listed, int asked) {
    return listed.size() < asked
        ? new PageToken(from.slice() + 1, 0)
        : new PageToken(from.slice(), listed.getLast().id());
  }

  /** A page may be short: of a half-made channel there is the membership, but no channel yet. */
  private CompletionStage<ChannelPage> joined(ChannelQuery query, PageToken from, int size) {
    return store
        .memberships(query.memberId(), query.workspaceId(), from.afterChannel(), size + 1)
        .thenCompose(found -> {
          List<Long> page = found.subList(0, Math.min(size, found.size()));
          String next = found.size() > size ? new PageToken(0, page.getLast()).write(query) : "";
          return channels(page).thenApply(channels -> new ChannelPage(channels, next));
        });
  }

  private CompletionStage<List<Channel>> channels(List<Long> ids) {
    CompletionStage<List<Channel>> all = CompletableFuture.completedStage(new ArrayList<>());
    for (CompletionStage<Optional<Channel>> one : ids.stream().map(store::channel).toList()) {
      all =
          all.thenCombine(
              one,
              (channels, channel) -> {
                channel.ifPresent(channels::add);
                return channels;
              });
    }
    return all;
  }

  private static String after(Channel last, ChannelQuery query) {
    return new PageToken(DirectoryStore.sliceOf(last.id()), last.id()).write(query);
  }

  /** The channel as it is; another than the one named when it was given another name since. */
  private CompletionStage<Channel> made(Channel named) {
    return store
        .channel(named.id())
        .thenCompose(found ->
            found.isPresent()
                ? CompletableFuture.completedStage(found.get())
                : store.make(named).thenApply(done -> named))
        .thenApply(channel -> {
          if (!channel.name().equals(named.name())) {
            throw taken(named.name());
          }
          return channel;
        });
  }

  private CompletionStage<Channel> existing(long channelId) {
    return store
        .channel(channelId)
        .thenApply(found -> found.orElseThrow(() -> notFound("channel_id", channelId)));
  }

  private static RefusedException taken(String name) {
    return Refuse.because(Reason.REASON_NAME_TAKEN)
        .field("name")
        .value(name)
        .expected("a name that the workspace does not have yet")
        .toException();
  }

  private static RefusedException notFound(String field, Object value) {
    return Refuse.because(Reason.REASON_CHANNEL_NOT_FOUND)
        .field(field)
        .value(value)
        .expected("an existing channel")
        .toException();
  }
}
