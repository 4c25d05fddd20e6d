package chat.starling.gateway.runtime;

import chat.starling.api.internal.v1.NameUsersRequest;
import chat.starling.gateway.edge.Gathering;
import chat.starling.gateway.edge.UserKey;
import chat.starling.gateway.signin.Identity;
import chat.starling.gateway.upstream.ChannelServers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that users are called as their tokens call them, also those who never wrote. A name
 * that is known costs a look into the cache; what cannot be written now is when the user is seen
 * next.
 */
final class Naming {

  private static final Logger log = LoggerFactory.getLogger(Naming.class);

  /** A session names its user in so many workspaces of its token; in others, a look-up does. */
  private static final int MOST_AT_ONCE = 20;

  private record Name(UserKey user, String text) {}

  private final ChannelServers servers;
  private final KnownUsers users;
  private final Gathering<Name, Boolean> writes;

  Naming(ChannelServers servers, KnownUsers users) {
    this.servers = servers;
    this.users = users;
    this.writes = new Gathering<>(EdgeCache.BOUNDS, this::write);
  }

  /** A session of this identity begins. */
  void seen(Identity identity) {
    identity.workspaces().stream()
        .limit(MOST_AT_ONCE)
        .forEach(workspace -> seen(identity, workspace));
  }

  /** The identity was seen in the workspace. */
  void seen(Identity identity, long workspaceId) {
    UserKey user = new UserKey(workspaceId, identity.userId());
    var _ =
        users
            .of(user)
            .thenCompose(known ->
                known.shown().getDisplayName().equals(identity.name())
                    ? CompletableFuture.completedFuture(null)
                    : name(new Name(user, identity.name())))
            .exceptionally(fault -> {
              log.debug("a name stays unknown for now: {}", fault.toString());
              return null;
            });
  }

  private CompletableFuture<Void> name(Name name) {
    return writes.ask(List.of(name)).thenAccept(done -> users.forget(name.user()));
  }

  private CompletableFuture<Map<Name, Boolean>> write(List<Name> names) {
    NameUsersRequest.Builder request = NameUsersRequest.newBuilder();
    names.forEach(name ->
        request
            .addNamesBuilder()
            .setDisplayName(name.text())
            .getUserBuilder()
            .setWorkspaceId(name.user().workspaceId())
            .setUserId(name.user().userId()));
    return servers
        .any()
        .nameUsers(request.build())
        .thenApply(done -> names.stream().collect(Collectors.toMap(name -> name, name -> true)));
  }
}
