package chat.starling.channel.workspace;

import chat.starling.api.internal.v1.AdministerRequest;
import chat.starling.api.internal.v1.WorkspaceEvent;
import com.google.protobuf.ByteString;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Acts on one workspace that are decided together on one reading of its rows, in the order in which
 * they are asked, each on what all before it will make of the rows. The events they become must
 * follow one another at once, and what is decided behind one that does not come counts for nothing.
 *
 * <p>Where it is not known here what an act makes of the rows, all behind it are {@linkplain
 * Decision.Later for another turn}; so is a nonce that the turn has already.
 */
public final class Turn {

  private record Asked(long actorId, ByteString nonce) {}

  private final Decisions decisions;
  private final RememberedRows read;
  private final ChangedRows rows;
  private final Set<Asked> asked = new HashSet<>();
  private CompletionStage<?> before = CompletableFuture.completedStage(null);
  private long last;
  private boolean over;

  Turn(Decisions decisions, long workspaceId, long at) {
    this.decisions = decisions;
    this.read = new RememberedRows(decisions.rows());
    this.rows = new ChangedRows(read, workspaceId);
    this.last = at;
  }

  /**
   * Decides on one act more, once all before it are decided; fails with the refusal. Asked by one
   * thread.
   *
   * @param traceparent of the span that the act is a part of; empty when it is not traced
   */
  public CompletionStage<Decision> decide(AdministerRequest request, String traceparent) {
    decisions.readAhead(request, read);
    CompletionStage<Decision> decision =
        before
            .handle((done, fault) -> request)
            .thenCompose(next -> next(next, traceparent))
            .thenApply(this::count);
    before = decision;
    return decision;
  }

  private CompletionStage<Decision> next(AdministerRequest request, String traceparent) {
    over |= !asked.add(new Asked(request.getActorId(), request.getNonce()));
    return over
        ? CompletableFuture.completedStage(new Decision.Later())
        : decisions.decide(request, traceparent, rows);
  }

  private Decision count(Decision decision) {
    if (decision instanceof Decision.Change(WorkspaceEvent event)) {
      rows.add(event.getChangesList(), ++last);
      over = !ChangedRows.know(event.getChangesList());
    }
    return decision;
  }
}
