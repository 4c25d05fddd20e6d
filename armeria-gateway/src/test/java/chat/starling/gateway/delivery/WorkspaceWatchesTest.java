package chat.starling.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WorkspaceWatchesTest {

  private static final long WORKSPACE = 1;

  private final Stream a = new Stream();
  private final Stream b = new Stream();
  private final Heard heard = new Heard();
  private @Nullable Stream owner = a;
  private final Subscriptions subscriptions =
      new Subscriptions(workspaceId -> owner, (after, task) -> {}, new Random(1));
  private final WorkspaceWatches watches = new WorkspaceWatches(subscriptions);

  @Test
  void watch_byTwoLoops_asksOnceAndTellsBothOfTheWholeSnapshot() {
    Heard second = new Heard();
    watches.watch(WORKSPACE, heard);
    watches.watch(WORKSPACE, second);
    assertThat(a.said).containsExactly("add");
    heads(a, true, 10, 4);
    assertThat(heard.said).as("there is more to come").isEmpty();
    heads(a, false, 11, 1);
    assertThat(heard.said).containsExactly("known 2");
    assertThat(second.said).containsExactly("known 2");
    Heard late = new Heard();
    watches.watch(WORKSPACE, late);
    assertThat(late.said).containsExactly("known 2");
  }

  @Test
  void heads_later_onlyWhatRoseIsPassedOn() {
    known();
    heads(a, false, 10, 4, 11, 2, 12, 9);
    heads(a, false, 10, 3);
    assertThat(heard.said).containsExactly("known 1", "moved [11, 12]");
  }

  @Test
  void notOwner_theNextOwnerIsAskedAndItsSnapshotFillsTheGap() {
    known();
    owner = b;
    subscriptions.notOwner(a, WORKSPACE);
    assertThat(b.said).containsExactly("add");
    heads(b, true, 10, 6);
    heads(b, false, 11, 1);
    assertThat(heard.said).containsExactly("known 1", "moved [10]", "moved [11]");
  }

  @Test
  void streamGone_isAskedAgain() {
    known();
    owner = b;
    subscriptions.down(a);
    assertThat(b.said).containsExactly("add");
  }

  @Test
  void unwatch_theLastOne_endsIt() {
    Heard second = new Heard();
    watches.watch(WORKSPACE, heard);
    watches.watch(WORKSPACE, second);
    watches.unwatch(WORKSPACE, heard);
    assertThat(a.said).containsExactly("add");
    watches.unwatch(WORKSPACE, second);
    assertThat(a.said).containsExactly("add", "remove");
    heads(a, false, 10, 1);
    assertThat(second.said).isEmpty();
    assertThat(watches.size()).isZero();
  }

  private void known() {
    watches.watch(WORKSPACE, heard);
    heads(a, false, 10, 4);
  }

  private void heads(Stream from, boolean more, long... channelsAndSeqs) {
    int count = channelsAndSeqs.length / 2;
    long[] channels = new long[count];
    long[] seqs = new long[count];
    for (int i = 0; i < count; i++) {
      channels[i] = channelsAndSeqs[2 * i];
      seqs[i] = channelsAndSeqs[2 * i + 1];
    }
    watches.heads(from, WORKSPACE, channels, seqs, more);
  }

  private static final class Stream implements Subscriptions.Wire {
    private final List<String> said = new ArrayList<>();

    @Override
    public void add(long workspaceId, long afterSeq) {
      said.add("add");
    }

    @Override
    public void remove(long workspaceId) {
      said.add("remove");
    }
  }

  private static final class Heard implements HeadFollower {
    private final List<String> said = new ArrayList<>();

    @Override
    public void known(long workspaceId, WorkspaceHeads heads) {
      said.add("known " + heads.size());
    }

    @Override
    public void moved(long workspaceId, long[] channelIds) {
      said.add("moved " + Arrays.toString(channelIds));
    }
  }
}
