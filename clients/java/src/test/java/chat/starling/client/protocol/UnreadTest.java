package chat.starling.client.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.v1.Backfill;
import chat.starling.api.v1.BackfillPage;
import chat.starling.api.v1.Bump;
import chat.starling.api.v1.Bumps;
import chat.starling.api.v1.ClientFrame;
import chat.starling.api.v1.ClientFrame.FrameCase;
import chat.starling.api.v1.Joined;
import chat.starling.api.v1.Marks;
import chat.starling.api.v1.ServerFrame;
import chat.starling.api.v1.User;
import chat.starling.api.v1.Users;
import com.google.protobuf.ByteString;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a session makes of channels that it is only told about. */
class UnreadTest extends SessionFixture {
  @Test
  void joinedAndBumps_areHandedOver() {
    start();
    take(ServerFrame.newBuilder().setJoined(Joined.newBuilder().addChannels(bump(5, 3))));
    take(ServerFrame.newBuilder().setBumps(Bumps.newBuilder().addBumps(bump(5, 4))));
    assertThat(recorder.log).endsWith("joined 5 3", "bump 5 4");
  }

  @Test
  void users_areHandedOver() {
    start();
    take(
        ServerFrame.newBuilder()
            .setUsers(Users.newBuilder().addUsers(User.newBuilder().setUserId(7))));
    assertThat(recorder.log).endsWith("user 7");
  }

  @Test
  void marks_channelInFocus_isReadPageByPageAndEventsGoOnBehindIt() {
    start();
    focus(5, OptionalLong.of(10));
    focused(wire.last(FrameCase.FOCUS).getRef(), 5, 10, false);
    take(ServerFrame.newBuilder().setMarks(Marks.newBuilder().addMarks(bump(5, 13))));
    ClientFrame ask = wire.last(FrameCase.BACKFILL);
    assertThat(ask.getBackfill())
        .isEqualTo(Backfill.newBuilder().setChannelId(5).setAfterSeq(10).setPageSize(100).build());
    events(5, 14, 14);
    assertThat(recorder.seqsOf(5)).as("it waits for what is missing").isEmpty();
    page(ask.getRef(), 11, 13);
    assertThat(recorder.seqsOf(5)).containsExactly(11L, 12L, 13L, 14L);
  }

  @Test
  void marks_ofWhatIsHeld_askForNothing() {
    start();
    focus(5, OptionalLong.of(10));
    focused(wire.last(FrameCase.FOCUS).getRef(), 5, 10, false);
    take(
        ServerFrame.newBuilder()
            .setMarks(Marks.newBuilder().addMarks(bump(5, 10)).addMarks(bump(6, 99))));
    assertThat(wire.frames(FrameCase.BACKFILL)).isEmpty();
  }

  private void page(int ref, long first, long last) {
    BackfillPage.Builder page = BackfillPage.newBuilder().setChannelId(5).setLastSeq(last);
    for (long seq = first; seq <= last; seq++) {
      page.addEvents(event(5, seq, ByteString.EMPTY));
    }
    take(ServerFrame.newBuilder().setRef(ref).setBackfillPage(page));
  }

  private static Bump bump(long channel, long seq) {
    return Bump.newBuilder().setChannelId(channel).setLastSeq(seq).build();
  }
}
