package chat.starling.gateway.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.internal.v1.ChannelObject;
import chat.starling.api.internal.v1.GetChannelsRequest;
import chat.starling.api.internal.v1.GetChannelsResponse;
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
  private final List<Long> channelsRead = new ArrayList<>();
  private final List<CompletableFuture<GetUsersResponse>> held = new ArrayList<>();
  private String name = "Ada";
  private boolean holding;

  private final ChannelServer server =
      fake(
          ChannelServer.class,
          Map.of("getUsers", this::getUsers, "getChannels", this::getChannels));
  private final EdgeCache cache =
      new EdgeCache(
          fake(ChannelServers.class, Map.of("any", none -> server)),
          new EdgeSettings(100, 100, 100, Duration.ofHours(1)));

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
  void channel_isReadAgain_afterWhatIsItsOwn_orItsWorkspaceIsLost() {
    WorkspaceEvent.Builder override = WorkspaceEvent.newBuilder().setWorkspaceId(1);
    override.addChangesBuilder().getOverrideBuilder().setChannelId(10);
    WorkspaceEvent.Builder row = WorkspaceEvent.newBuilder().setWorkspaceId(1);
    row.addChangesBuilder().getChannelBuilder().setChannelId(10);
    WorkspaceEvent.Builder role = WorkspaceEvent.newBuilder().setWorkspaceId(1);
    role.addChangesBuilder().setDeletedRoleId(5);
    List<Runnable> changes =
        List.of(
            () -> cache.changed(override.build()),
            () -> cache.changed(row.build()),
            () -> cache.changed(role.build()),
            () -> cache.lost(1));
    readChannels();
    for (Runnable change : changes) {
      channelsRead.clear();
      readChannels();
      assertThat(channelsRead).isEmpty();
      change.run();
      readChannels();
      assertThat(channelsRead).contains(10L).doesNotContain(20L);
    }
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

  /** Channels 10 and 11 of workspace 1, and 20 of workspace 2. */
  private void readChannels() {
    assertThat(cache.channels().of(List.of(10L, 11L, 20L)).join()).hasSize(3);
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

  @SuppressWarnings("FutureReturnValueIgnored") // it is what the caller of the fake gets
  private Object getChannels(Object asked) {
    GetChannelsRequest request = (GetChannelsRequest) asked;
    channelsRead.addAll(request.getChannelIdsList());
    GetChannelsResponse.Builder response = GetChannelsResponse.newBuilder();
    for (long id : request.getChannelIdsList()) {
      ChannelObject.Builder channel = response.addChannelsBuilder().setWorkspaceId(id / 10);
      channel.getRowBuilder().setChannelId(id).setName("c" + id);
    }
    return CompletableFuture.completedFuture(response.build());
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
