package chat.starling.gateway.runtime;

import chat.starling.gateway.delivery.Acquaintance;
import chat.starling.gateway.delivery.EventAuthor;
import chat.starling.gateway.delivery.Introduction;
import chat.starling.gateway.delivery.Introductions;
import chat.starling.gateway.delivery.Parcel;
import chat.starling.gateway.delivery.Relay;
import chat.starling.gateway.edge.KnownUser;
import chat.starling.gateway.edge.UserKey;
import io.netty.channel.EventLoop;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows of the edge cache's users who writes. Nothing that is delivered waits for it: whom the
 * cache lacks is read and told later. On one event loop, with that loop's relay.
 */
final class Authors implements Introductions {

  private static final Logger log = LoggerFactory.getLogger(Authors.class);

  /** Of more strangers than that is asked when they write again. */
  private static final int MOST_ASKED = 1_000;

  private record Stranger(long channelId, UserKey user) {}

  private final KnownUsers users;
  private final Permits permits;
  private final EventLoop loop;
  private final Relay relay;
  private final Set<Stranger> asked = new HashSet<>();

  /** All viewers of a channel ask of the same parcel, one after the other. */
  private @Nullable Parcel last;

  private @Nullable Introduction lastAuthor;

  Authors(KnownUsers users, Permits permits, EventLoop loop, Relay relay) {
    this.users = users;
    this.permits = permits;
    this.loop = loop;
    this.relay = relay;
  }

  @Override
  public @Nullable Introduction of(Parcel parcel) {
    if (parcel != last) {
      last = parcel;
      lastAuthor = find(parcel);
    }
    return lastAuthor;
  }

  @Override
  public void introduce(long channelId, Collection<Long> userIds, Acquaintance to) {
    long workspaceId = permits.workspaceOf(channelId);
    if (workspaceId == 0 || userIds.isEmpty()) {
      return;
    }
    CompletableFuture<Map<Long, KnownUser>> found = users.of(workspaceId, userIds);
    if (found.isDone() && !found.isCompletedExceptionally()) {
      to.introduce(introductions(workspaceId, found.join()));
    } else {
      var _ =
          found.whenComplete((late, fault) -> {
            if (late != null) {
              loop.execute(() -> to.introduce(introductions(workspaceId, late)));
            } else {
              unread(fault);
            }
          });
    }
  }

  private @Nullable Introduction find(Parcel parcel) {
    long author = EventAuthor.of(parcel);
    long workspaceId = author == 0 ? 0 : permits.workspaceOf(parcel.channelId());
    if (workspaceId == 0) {
      return null;
    }
    UserKey key = new UserKey(workspaceId, author);
    if (!users.has(key)) {
      ask(new Stranger(parcel.channelId(), key));
      return null;
    }
    return users.now(key).map(user -> new Introduction(workspaceId, user.shown())).orElse(null);
  }

  private void ask(Stranger stranger) {
    if (asked.size() < MOST_ASKED && asked.add(stranger)) {
      UserKey user = stranger.user();
      var _ =
          users
              .of(user.workspaceId(), List.of(user.userId()))
              .whenComplete((found, fault) -> loop.execute(() -> answered(stranger, found, fault)));
    }
  }

  private void answered(
      Stranger stranger, @Nullable Map<Long, KnownUser> found, @Nullable Throwable fault) {
    asked.remove(stranger);
    if (found == null) {
      unread(fault);
    } else {
      introductions(stranger.user().workspaceId(), found)
          .forEach(one -> relay.introduce(stranger.channelId(), one));
    }
  }

  private static List<Introduction> introductions(long workspaceId, Map<Long, KnownUser> found) {
    return found.values().stream()
        .map(user -> new Introduction(workspaceId, user.shown()))
        .toList();
  }

  private static void unread(@Nullable Throwable fault) {
    log.debug("authors stay unknown for now: {}", String.valueOf(fault));
  }
}
