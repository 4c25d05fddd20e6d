package chat.starling.gateway.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.internal.v1.GetUsersRequest;
import chat.starling.api.internal.v1.GetUsersResponse;
import chat.starling.api.internal.v1.UserRecord;
import chat.starling.api.internal.v1.WorkspaceEvent;
import chat.starling.gateway.edge.KnownUser;
import chat.starling.gateway.upstream.ChannelServer;
import chat.starling.gateway.upstream.ChannelServers;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class EdgeCacheTest {

  private final List<Long> usersRead = new ArrayList<>();
  private final List<CompletableFuture<GetUsersResponse>> held = new ArrayList<>();
  private String name = "Ada";
  private boolean holding;

  private final ChannelServer server =
      fake(ChannelServer.class, Map.of("getUsers", this::getUsers));
  private final EdgeCache cache =
      new EdgeCache(
          fake(ChannelServers.class, Map.of("any", none -> server)),
          new EdgeSettings(100, Duration.ofHours(1)));

  @Test
  void user_isReadOnce_untilTheWorkspaceTellsOfAChange() {
    assertThat(named(1, 7)).isEqualTo("Ada");
    name = "Bea";
    assertThat(named(1, 7)).isEqualTo("Ada");
    cache.changed(member(1, 8));
    cache.changed(member(2, 7));
    assertThat(named(1, 7)).isEqualTo("Ada");
    cache.changed(member(1, 7));
    assertThat(named(1, 7)).isEqualTo("Bea");
    assertThat(usersRead).containsExactly(7L, 7L);
  }

  @Test
  void user_whoseReadBeganBeforeTheChange_isNotRemembered() {
    holding = true;
    var early = cache.users().of(1, List.of(7L));
    GetUsersResponse before = users(List.of(7L));
    cache.changed(member(1, 7));
    name = "Bea";
    holding = false;
    assertThat(named(1, 7)).isEqualTo("Bea");
    held.getFirst().complete(before);
    assertThat(early.join().values())
        .extracting(user -> user.shown().getDisplayName())
        .containsExactly("Ada");
    assertThat(named(1, 7)).isEqualTo("Bea");
  }

  @Test
  void users_ofALostWorkspace_areReadAgain_andNoOthers() {
    named(1, 7);
    named(2, 8);
    usersRead.clear();
    cache.lost(1);
    named(1, 7);
    named(2, 8);
    assertThat(usersRead).containsExactly(7L);
  }

  private String named(long workspace, long user) {
    KnownUser found = cache.users().of(workspace, List.of(user)).join().get(user);
    return found == null ? "" : found.shown().getDisplayName();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // it is what the caller of the fake gets
  private Object getUsers(Object asked) {
    GetUsersRequest request = (GetUsersRequest) asked;
    List<Long> ids = request.getUsersList().stream().map(key -> key.getUserId()).toList();
    usersRead.addAll(ids);
    CompletableFuture<GetUsersResponse> answer = new CompletableFuture<>();
    if (holding) {
      held.add(answer);
    } else {
      answer.complete(users(request.getUsers(0).getWorkspaceId(), ids));
    }
    return answer;
  }

  private GetUsersResponse users(List<Long> ids) {
    return users(1, ids);
  }

  private GetUsersResponse users(long workspace, List<Long> ids) {
    GetUsersResponse.Builder response = GetUsersResponse.newBuilder();
    for (long id : ids) {
      UserRecord.Builder user =
          response.addUsersBuilder().setWorkspaceId(workspace).setDisplayName(name);
      user.getMemberBuilder().setUserId(id);
    }
    return response.build();
  }

  private static WorkspaceEvent member(long workspace, long user) {
    WorkspaceEvent.Builder event = WorkspaceEvent.newBuilder().setWorkspaceId(workspace);
    event.addChangesBuilder().getMemberBuilder().setUserId(user);
    return event.build();
  }

  /** Answers these methods, and knows no others. */
  private static <T> T fake(Class<T> type, Map<String, Function<Object, Object>> methods) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              Function<Object, Object> known = methods.get(method.getName());
              if (known == null) {
                throw new UnsupportedOperationException(method.getName());
              }
              return known.apply(arguments == null ? "" : arguments[0]);
            }));
  }
}
