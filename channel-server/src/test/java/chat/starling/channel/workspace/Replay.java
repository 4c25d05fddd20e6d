package chat.starling.channel.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.internal.v1.AdministerRequest;
import chat.starling.api.internal.v1.WorkspaceChange;
import chat.starling.api.internal.v1.WorkspaceEvent;
import chat.starling.platform.ids.Snowflake;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The events of one workspace's feed, decided and applied again one after the other. */
public final class Replay {

  private final MemoryWorkspaces rows = new MemoryWorkspaces();
  private long lastSeq;

  /** Replays them from the first; each has to be what its act makes of all that came before. */
  public Replay(long workspaceId, List<WorkspaceEvent> events) {
    RandomActs.CHANNELS.forEach(channel -> rows.addChannel(workspaceId, channel));
    Set<Object> nonces = new HashSet<>();
    for (WorkspaceEvent event : events) {
      assertThat(nonces.add(event.getNonce())).as("an act is applied once").isTrue();
      assertThat(event.getSeq()).isEqualTo(++lastSeq);
      requireRight(event);
      var _ = rows.apply(List.of(event));
    }
  }

  private void requireRight(WorkspaceEvent event) {
    InstantSource then = () -> decided(event);
    Decision decision =
        new Decisions(rows, event::getMadeId, () -> code(event), then)
            .decide(
                AdministerRequest.newBuilder()
                    .setWorkspaceId(event.getWorkspaceId())
                    .setActorId(event.getActorId())
                    .setNonce(event.getNonce())
                    .setAct(event.getAct())
                    .build(),
                "")
            .toCompletableFuture()
            .join();
    WorkspaceEvent again =
        ((Decision.Change) decision)
            .event().toBuilder().setSeq(event.getSeq()).setEventId(event.getEventId()).build();
    assertThat(again).as("decided on all that came before").isEqualTo(event);
  }

  /** An invitation tells when it was made, which is before its event has an id. */
  private static Instant decided(WorkspaceEvent event) {
    long seconds = event.getAct().getCreateInvitation().getExpiresAfterSeconds();
    return event.getChangesList().stream()
        .filter(change -> seconds > 0 && change.hasInvitation())
        .map(change -> Instant.ofEpochMilli(change.getInvitation().getExpiresAtMillis()))
        .map(end -> end.minusSeconds(seconds))
        .findFirst()
        .orElseGet(() -> Snowflake.instant(event.getEventId()));
  }

  private static String code(WorkspaceEvent event) {
    return event.getChangesList().stream()
        .filter(WorkspaceChange::hasInvitation)
        .map(change -> change.getInvitation().getCode())
        .findFirst()
        .orElse("");
  }

  /** That a store's rows are what these events make of them. */
  public void requireSame(MemoryWorkspaces store) {
    assertThat(store.content()).isEqualTo(rows.content());
  }

  /** That a store remembers each of these acts as done. */
  public void requireReached(MemoryWorkspaces store) {
    rows.content().entrySet().stream()
        .filter(entry -> entry.getValue() instanceof DoneAct)
        .forEach(entry -> assertThat(store.content()).contains(entry));
  }
}
