package chat.starling.gateway.frames;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BacklogTest {

  private final Backlog backlog = new Backlog(100);

  @Test
  void isFull_fromTheBoundOn_untilHalfHasLeft() {
    backlog.added(99);
    assertThat(backlog.isFull()).isFalse();
    backlog.added(30);
    assertThat(backlog.isFull()).isTrue();
    assertThat(backlog.left(70)).isFalse();
    assertThat(backlog.isFull()).isTrue();
    assertThat(backlog.left(9)).isTrue();
    assertThat(backlog.isFull()).isFalse();
  }

  @Test
  void left_whenItWasNotFull_opensNothing() {
    backlog.added(50);
    assertThat(backlog.left(50)).isFalse();
  }
}
