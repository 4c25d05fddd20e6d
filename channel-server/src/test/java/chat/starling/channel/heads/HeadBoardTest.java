package chat.starling.channel.heads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HeadBoardTest {

  private final HeadBoard board = new HeadBoard(3);

  @Test
  void raise_whatIsNew_isTakenOnceWithItsLastSeq() {
    board.raise(new ChannelHead(1, 4));
    board.raise(new ChannelHead(2, 1));
    board.raise(new ChannelHead(1, 5));
    assertThat(board.takeMoved(10)).containsExactly(new ChannelHead(1, 5), new ChannelHead(2, 1));
    assertThat(board.takeMoved(10)).isEmpty();
  }

  @Test
  void raise_whatIsKnownOrOlder_isNoMove() {
    board.learn(new ChannelHead(1, 4));
    board.raise(new ChannelHead(1, 4));
    board.raise(new ChannelHead(1, 3));
    assertThat(board.takeMoved(10)).isEmpty();
    assertThat(board.snapshot(10)).containsExactly(List.of(new ChannelHead(1, 4)));
  }

  @Test
  void learn_afterAReport_doesNotLowerIt() {
    board.raise(new ChannelHead(1, 9));
    board.learn(new ChannelHead(1, 4));
    assertThat(board.takeMoved(10)).containsExactly(new ChannelHead(1, 9));
  }

  @Test
  void learn_channelWithoutEvents_takesNoRoom() {
    board.learn(new ChannelHead(1, 0));
    assertThat(board.size()).isZero();
    assertThat(board.snapshot(10)).containsExactly(List.of());
  }

  @Test
  void raise_beyondTheBound_isLeftOutAndWhatIsThereStillRises() {
    for (int channel = 1; channel <= 4; channel++) {
      board.raise(new ChannelHead(channel, 1));
    }
    board.raise(new ChannelHead(2, 2));
    assertThat(board.isFull()).isTrue();
    assertThat(board.takeMoved(10)).hasSize(3).contains(new ChannelHead(2, 2));
  }

  @Test
  void snapshot_longerThanARun_comesInRuns() {
    for (int channel = 1; channel <= 3; channel++) {
      board.raise(new ChannelHead(channel, 1));
    }
    assertThat(board.snapshot(2)).hasSize(2).extracting(List::size).containsExactly(2, 1);
  }

  @Test
  void forgetMoved_snapshotStillHasIt() {
    board.raise(new ChannelHead(1, 1));
    board.forgetMoved();
    assertThat(board.takeMoved(10)).isEmpty();
    assertThat(board.snapshot(10).getFirst()).containsExactly(new ChannelHead(1, 1));
  }
}
