package chat.starling.channel.store.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoomTest {

  private final Room room = new Room(3, 100);

  @Test
  void take_moreRunsThanFit_isRefusedUntilOneIsGivenBack() {
    for (int run = 0; run < 3; run++) {
      assertThat(room.take(1)).isTrue();
    }
    assertThat(room.take(1)).isFalse();
    room.giveBack(1);
    assertThat(room.take(1)).isTrue();
  }

  @Test
  void take_moreBytesThanFit_isRefused() {
    assertThat(room.take(60)).isTrue();
    assertThat(room.take(41)).isFalse();
    assertThat(room.take(40)).isTrue();
  }

  @Test
  void take_runThatNeverFits_getsInAlone() {
    assertThat(room.take(500)).isTrue();
    assertThat(room.take(1)).isFalse();
    room.giveBack(500);
    assertThat(room.take(1)).isTrue();
    assertThat(room.take(500)).isFalse();
  }
}
