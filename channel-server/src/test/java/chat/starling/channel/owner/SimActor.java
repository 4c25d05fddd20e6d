package chat.starling.channel.owner;

import chat.starling.api.internal.v1.Act;
import chat.starling.api.internal.v1.AdministerRequest;
import chat.starling.api.internal.v1.AdministerResponse;
import chat.starling.api.v1.Reason;
import chat.starling.platform.refusal.RefusedException;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Asks for one act until it hears that it is done or refused; requests and answers get lost. */
final class SimActor {

  private static final int PATIENCE_MILLIS = 3_000;
  private static final Set<Reason> AGAIN =
      EnumSet.of(
          Reason.REASON_NOT_OWNER,
          Reason.REASON_TIMEOUT,
          Reason.REASON_UNAVAILABLE,
          Reason.REASON_OVERLOADED);

  private final SimAdministration cluster;
  private final AdministerRequest request;
  private final boolean[] heard = new boolean[1];

  SimActor(SimAdministration cluster, long actorId, int number, Act act) {
    this.cluster = cluster;
    request =
        AdministerRequest.newBuilder()
            .setWorkspaceId(cluster.workspaceId())
            .setActorId(actorId)
            .setNonce(
                ByteString.copyFrom(ByteBuffer.allocate(16).putLong(2).putLong(number).flip()))
            .setAct(act)
            .build();
  }

  boolean heard() {
    return heard[0];
  }

  void ask() {
    if (heard[0]) {
      return;
    }
    SimServer server = cluster.serverForWorkspace();
    FeedOwner owner = server.feeds();
    boolean[] answered = new boolean[1];
    if (owner != null && !cluster.loses()) {
      server
          .process()
          .after(
              cluster.delay(),
              () ->
                  owner
                      .administer(request, "")
                      .whenComplete((response, fault) -> answer(response, fault, answered)));
    }
    cluster
        .world()
        .after(
            PATIENCE_MILLIS,
            () -> {
              if (!answered[0]) {
                answered[0] = true;
                ask();
              }
            });
  }

  private void answer(
      @Nullable AdministerResponse response, @Nullable Throwable fault, boolean[] answered) {
    if (response != null) {
      cluster.answered(request, response);
    }
    if (cluster.loses()) {
      return;
    }
    cluster
        .world()
        .after(
            cluster.delay(),
            () -> {
              if (!answered[0]) {
                answered[0] = true;
                if (response != null || isFinal(fault)) {
                  heard[0] = true;
                } else {
                  cluster.world().after(50 + cluster.world().random().nextInt(700), this::ask);
                }
              }
            });
  }

  private static boolean isFinal(@Nullable Throwable fault) {
    Throwable cause = fault instanceof CompletionException ? fault.getCause() : fault;
    return cause instanceof RefusedException refused && !AGAIN.contains(refused.reason());
  }
}
