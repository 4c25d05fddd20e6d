package chat.starling.channel.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.internal.v1.Act;
import chat.starling.api.internal.v1.AdministerRequest;
import chat.starling.api.internal.v1.WorkspaceChange;
import chat.starling.api.internal.v1.WorkspaceEvent;
import chat.starling.platform.ids.Snowflake;
import chat.starling.platform.refusal.RefusedException;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Acts that are decided together come out as if each had waited for the rows of the one before. */
class TurnTest {

  private static final long W = 9;
  private static final int TURNS = 120;
  private static final int MOST_IN_TURN = 12;

  /** A workspace whose acts are decided. */
  private static final class Place {
    final MemoryWorkspaces store = new MemoryWorkspaces();
    private final AtomicLong ids = new AtomicLong(1_000);
    final Decisions decisions =
        new Decisions(
            store,
            ids::incrementAndGet,
            new InvitationCodes(new Random(7)),
            () -> Instant.ofEpochMilli(Snowflake.EPOCH_MILLIS));
    long seq;

    Place() {
      RandomActs.CHANNELS.forEach(channel -> store.addChannel(W, channel));
    }

    void apply(Object outcome) {
      if (outcome instanceof Decision.Change(WorkspaceEvent event)) {
        seq++;
        long id = Snowflake.first(Events.BEGIN + seq);
        var _ = store.apply(List.of(event.toBuilder().setSeq(seq).setEventId(id).build()));
      }
    }
  }

  private long nonces;
  private long changes;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void turn_comesOutAsOneActAfterTheOther(long seed) {
    Random random = new Random(seed);
    Place together = new Place();
    Place apart = new Place();
    RandomActs acts = new RandomActs(W, apart.store, random, () -> Snowflake.EPOCH_MILLIS);
    for (int i = 0; i < TURNS; i++) {
      List<AdministerRequest> requests =
          i == 0
              ? List.of(request(1, RandomActs.FOUND))
              : Stream.generate(() -> actor(random))
                  .limit(1 + random.nextInt(MOST_IN_TURN))
                  .map(actor -> request(actor, acts.next(actor)))
                  .toList();
      assertThat(together(together, requests)).isEqualTo(apart(apart, requests));
      assertThat(together.store.content()).isEqualTo(apart.store.content());
    }
    assertThat(changes).isGreaterThan(TURNS / 2);
  }

  @Test
  void nonceThatTheTurnHas_andAllBehindIt_areForAnotherTurn() {
    Turn turn = new Place().decisions.turn(W, 0);
    AdministerRequest found = request(1, RandomActs.FOUND);
    assertThat(outcome(turn.decide(found, ""))).isInstanceOf(Decision.Change.class);
    assertThat(outcome(turn.decide(found, ""))).isEqualTo(new Decision.Later());
    assertThat(outcome(turn.decide(request(2, DecidedWorkspace.enter()), "")))
        .isEqualTo(new Decision.Later());
  }

  @Test
  void changesThatAreNotKnown_endTheTurn() {
    assertThat(ChangedRows.know(List.of(Events.founded(1)))).isTrue();
    assertThat(ChangedRows.know(List.of(Events.founded(1), WorkspaceChange.getDefaultInstance())))
        .isFalse();
  }

  private List<Object> together(Place place, List<AdministerRequest> requests) {
    Turn turn = place.decisions.turn(W, place.seq);
    List<Object> outcomes =
        requests.stream().map(request -> outcome(turn.decide(request, ""))).toList();
    outcomes.forEach(place::apply);
    return outcomes;
  }

  private List<Object> apart(Place place, List<AdministerRequest> requests) {
    List<Object> outcomes = new ArrayList<>();
    for (AdministerRequest request : requests) {
      Object outcome = outcome(place.decisions.decide(request, ""));
      place.apply(outcome);
      outcomes.add(outcome);
      changes += outcome instanceof Decision.Change ? 1 : 0;
    }
    return outcomes;
  }

  /** The decision, or what the refusal says. */
  private static Object outcome(CompletionStage<Decision> decision) {
    try {
      return decision.toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RefusedException refused) {
        return refused.refusal();
      }
      throw e;
    }
  }

  private static long actor(Random random) {
    return random.nextBoolean() ? 1 : 1L + random.nextInt(RandomActs.USERS);
  }

  private AdministerRequest request(long actor, Act act) {
    return AdministerRequest.newBuilder()
        .setWorkspaceId(W)
        .setActorId(actor)
        .setNonce(ByteString.copyFrom(ByteBuffer.allocate(16).putLong(++nonces).flip()))
        .setAct(act)
        .build();
  }
}
