package chat.starling.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.starling.api.internal.v1.Act;
import chat.starling.api.internal.v1.AdministerRequest;
import chat.starling.api.internal.v1.AdministerResponse;
import chat.starling.api.internal.v1.SubscribeResponse;
import chat.starling.platform.time.SystemTime;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Acts on a workspace and a gateway that is trusted to go by it. */
class TrustIT {

  private static final long OWNER = 7;
  private static final long WORKSPACE = 1;

  private static TestServer server;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            "trust",
            SystemTime.wall(),
            Map.of("workspace.trust", "3s", "workspace.confirm-patience", "500ms"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void act_isAnsweredOnceTheGatewayGoesByIt_orIsNotTrustedAnyMore() {
    TestGateway gateway = new TestGateway(server.feeds());
    gateway.follow(WORKSPACE, 4711);
    await().until(() -> came(gateway, SubscribeResponse::hasAdded));
    gateway.applied(WORKSPACE, 0);
    await().until(() -> came(gateway, r -> r.getTrusted().getMillis() == 2_400));

    CompletableFuture<AdministerResponse> found = act(1, found());
    await().until(() -> came(gateway, r -> r.getEvent().getSeq() == 1));
    assertThat(found.isDone()).isFalse();
    gateway.applied(WORKSPACE, 1);
    assertThat(found.join().getSeq()).isEqualTo(1);

    CompletableFuture<AdministerResponse> role = act(2, createRole());
    await().until(() -> came(gateway, r -> r.getRefused().getReason().equals("TIMEOUT")));
    assertThat(role.isDone()).as("it may still go by what was before").isFalse();
    assertThat(role.join().getSeq()).isEqualTo(2);
  }

  private static boolean came(TestGateway gateway, Predicate<SubscribeResponse> what) {
    return gateway.responses().stream().anyMatch(what);
  }

  private static CompletableFuture<AdministerResponse> act(long nonce, Act act) {
    AdministerRequest request =
        AdministerRequest.newBuilder()
            .setWorkspaceId(WORKSPACE)
            .setActorId(OWNER)
            .setNonce(Requests.nonce(78, nonce))
            .setAct(act)
            .build();
    return CompletableFuture.supplyAsync(() -> server.administration().administer(request));
  }

  private static Act found() {
    return Act.newBuilder().setFound(Act.Found.newBuilder().setName("Works")).build();
  }

  private static Act createRole() {
    return Act.newBuilder()
        .setCreateRole(Act.CreateRole.newBuilder().setName("crows").setPosition(1))
        .build();
  }
}
