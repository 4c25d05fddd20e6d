package chat.starling.channel.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import chat.starling.api.internal.v1.Act;
import chat.starling.api.internal.v1.AdministerRequest;
import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.WorkspaceEvent;
import chat.starling.api.v1.Reason;
import chat.starling.platform.ids.Snowflake;
import chat.starling.platform.refusal.RefusedException;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A workspace on whose rows acts are decided and applied, one after the other. */
abstract class DecidedWorkspace {

  static final long W = 9;
  static final long OWNER = 1;
  static final long CHANNEL = 50;
  static final long NOW_MILLIS = Snowflake.EPOCH_MILLIS;

  final MemoryWorkspaces store = new MemoryWorkspaces();
  long nowMillis = NOW_MILLIS;
  final AtomicLong ids = new AtomicLong(1_000);
  final Decisions decisions =
      new Decisions(
          store,
          ids::incrementAndGet,
          new InvitationCodes(new Random(7)),
          () -> Instant.ofEpochMilli(nowMillis));
  private long seq;
  long nonces;

  static Act found(String name) {
    return Act.newBuilder().setFound(Act.Found.newBuilder().setName(name)).build();
  }

  static Act enter() {
    return Act.newBuilder().setEnter(Act.Enter.getDefaultInstance()).build();
  }

  static Act leave() {
    return Act.newBuilder().setLeave(Act.Leave.getDefaultInstance()).build();
  }

  AdministerRequest request(long actor, Act act) {
    return AdministerRequest.newBuilder()
        .setWorkspaceId(W)
        .setActorId(actor)
        .setNonce(Events.nonce(++nonces))
        .setAct(act)
        .build();
  }

  void act(long actor, Act act) {
    done(request(actor, act));
  }

  /** Does an act and returns its event. */
  WorkspaceEvent applied(long actor, Act act) {
    return applied(request(actor, act));
  }

  void done(AdministerRequest request) {
    var _ = applied(request);
  }

  private WorkspaceEvent applied(AdministerRequest request) {
    WorkspaceEvent event =
        ((Decision.Change) decide(request))
            .event().toBuilder()
                .setSeq(++seq)
                .setEventId(Snowflake.first(Events.BEGIN + seq))
                .build();
    var _ = store.apply(List.of(event));
    return event;
  }

  Decision decide(AdministerRequest request) {
    return decisions.decide(request, "").toCompletableFuture().join();
  }

  Reason refusal(long actor, Act act) {
    return reason(() -> decide(request(actor, act)));
  }

  static Reason reason(ThrowingCallable call) {
    Throwable fault = catchThrowable(call);
    assertThat(fault).isInstanceOf(CompletionException.class);
    assertThat(fault.getCause()).isInstanceOf(RefusedException.class);
    return fault.getCause() instanceof RefusedException refused
        ? refused.reason()
        : Reason.REASON_UNSPECIFIED;
  }

  Workspace workspace() {
    return store.workspace(W).toCompletableFuture().join().orElseThrow();
  }

  MemberRow member(long user) {
    return store.member(W, user).toCompletableFuture().join().orElseThrow();
  }
}
