package chat.starling.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.starling.api.v1.BatchGetChannelsRequest;
import chat.starling.api.v1.BatchGetChannelsResponse;
import chat.starling.api.v1.BatchGetUsersRequest;
import chat.starling.api.v1.BatchGetUsersResponse;
import chat.starling.api.v1.Held;
import chat.starling.api.v1.LookupServiceGrpc;
import chat.starling.api.v1.LookupServiceGrpc.LookupServiceBlockingStub;
import chat.starling.api.v1.QuickSwitchRequest;
import chat.starling.api.v1.QuickSwitchResponse;
import chat.starling.api.v1.User;
import chat.starling.client.ClientListener;
import chat.starling.client.StarlingClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Users and channels are found and fetched through the whole system. */
class LookupIT {

  private static final RunningStack STACK = RunningStack.shared();

  private final String run = UUID.randomUUID().toString().substring(0, 8);
  private final String searcher = "lookup-searcher-" + run;
  private final LookupServiceBlockingStub calls =
      LookupServiceGrpc.newBlockingStub(STACK.channel(STACK.token(searcher)));

  @Test
  void user_whoNeverWrote_isFoundByName_andFetchedOnlyWhenChanged() {
    String silent = "silent-" + run;
    try (StarlingClient client = STACK.client(silent, new ClientListener() {})) {
      client.start();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> find("SILENT-" + run.substring(0, 5)).getUsersCount() == 1);
    }
    User user = find(silent).getUsers(0);
    assertThat(user.getDisplayName()).isEqualToIgnoringCase(silent);
    BatchGetUsersRequest.Builder request =
        BatchGetUsersRequest.newBuilder().setWorkspaceId(RunningStack.WORKSPACE);
    request.addUsers(held(user.getUserId(), 0)).addUsers(held(Long.MAX_VALUE, 0));
    BatchGetUsersResponse fetched = calls.batchGetUsers(request.build());
    assertThat(fetched.getUsersList()).containsExactly(user);
    assertThat(fetched.getMissingIdsList()).containsExactly(Long.MAX_VALUE);
    request.setUsers(0, held(user.getUserId(), user.getVersion()));
    assertThat(calls.batchGetUsers(request.build()).getUnchangedIdsList())
        .containsExactly(user.getUserId());
  }

  @Test
  void channel_isFoundByName_andFetched() {
    String name = "lookup-" + run.toLowerCase(Locale.ROOT);
    long id = STACK.createChannel("lookup-maker", name);
    assertThat(find(name.substring(0, 12)).getChannelsList())
        .extracting(found -> found.getChannel().getChannelId())
        .containsExactly(id);
    BatchGetChannelsRequest.Builder request =
        BatchGetChannelsRequest.newBuilder().setWorkspaceId(RunningStack.WORKSPACE);
    request.addChannels(held(id, 0));
    BatchGetChannelsResponse fetched = calls.batchGetChannels(request.build());
    assertThat(fetched.getChannelsList())
        .extracting(found -> found.getChannel().getName())
        .containsExactly(name);
  }

  @Test
  void json_findsToo() throws Exception {
    String name = "json-lookup-" + run;
    STACK.createChannel("lookup-maker", name);
    URI uri =
        URI.create("https://localhost:" + STACK.edgePort())
            .resolve("/v1/workspaces/1:quickSwitch?limit=5&prefix=" + name);
    try (HttpClient http = STACK.https()) {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(uri)
                  .header("authorization", "Bearer " + STACK.token(searcher))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.body()).contains("\"" + name + "\"");
    }
  }

  private static Held held(long id, long version) {
    return Held.newBuilder().setId(id).setVersion(version).build();
  }

  private QuickSwitchResponse find(String prefix) {
    return calls.quickSwitch(
        QuickSwitchRequest.newBuilder()
            .setWorkspaceId(RunningStack.WORKSPACE)
            .setPrefix(prefix)
            .build());
  }
}
