package chat.starling.client.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.v1.Bump;
import chat.starling.api.v1.Bumps;
import chat.starling.api.v1.ClientFrame.FrameCase;
import chat.starling.api.v1.Focused;
import chat.starling.api.v1.Marks;
import chat.starling.api.v1.Ready;
import chat.starling.api.v1.Removed;
import chat.starling.api.v1.ServerFrame;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a session makes of channels that come into view by themselves. */
class PushTest extends SessionFixture {

  PushTest() {
    super(true);
  }

  @Test
  void focusedByItself_eventsAreHandedOver_andNoFocusIsSent() {
    start();
    int focuses = wire.frames(FrameCase.FOCUS).size();
    focused(0, 5, 10, false);
    events(5, 11, 13);
    assertThat(recorder.log).endsWith("focused 5 10");
    assertThat(recorder.seqsOf(5)).containsExactly(11L, 12L, 13L);
    assertThat(wire.frames(FrameCase.FOCUS)).hasSize(focuses);
  }

  @Test
  void focusedByItself_whenNotAskedFor_isIgnored() {
    Session plain = new Session(wire, recorder, 3, false, () -> 0.999);
    plain.start(now);
    plain.frame(ServerFrame.newBuilder().setReady(Ready.getDefaultInstance()).build(), now);
    Focused focused = Focused.newBuilder().setChannelId(5).setFromSeq(10).build();
    plain.frame(ServerFrame.newBuilder().setFocused(focused).build(), now);
    plain.frame(ServerFrame.newBuilder().setEvent(event(5, 11, NONCE)).build(), now);
    assertThat(recorder.seqsOf(5)).isEmpty();
  }

  @Test
  void marks_ofAChannelThatCameByItself_areRead() {
    start();
    focused(0, 5, 10, false);
    take(ServerFrame.newBuilder().setMarks(Marks.newBuilder().addMarks(bump(12))));
    assertThat(wire.last(FrameCase.BACKFILL).getBackfill().getAfterSeq()).isEqualTo(10);
  }

  @Test
  void bump_endsWhatCameByItself_andItComesBackWhereTheServerSays() {
    start();
    focused(0, 5, 10, false);
    events(5, 11, 11);
    take(ServerFrame.newBuilder().setBumps(Bumps.newBuilder().addBumps(bump(20))));
    assertThat(recorder.log).endsWith("bump 5 20");
    focused(0, 5, 20, false);
    events(5, 21, 21);
    assertThat(recorder.seqsOf(5)).containsExactly(11L, 21L);
  }

  @Test
  void removed_whatCameByItself_isGoneAndTheProgramRefusedNothing() {
    start();
    focused(0, 5, 10, false);
    events(5, 11, 11);
    take(ServerFrame.newBuilder().setRemoved(Removed.newBuilder().setChannelId(5)));
    events(5, 12, 12);
    assertThat(recorder.seqsOf(5)).containsExactly(11L);
    assertThat(recorder.log).noneMatch(entry -> entry.startsWith("focus refused"));
  }

  @Test
  void focus_ofWhatCameByItself_keepsItsPlace_unlessTheProgramSaysWhereItIs() {
    start();
    focused(0, 5, 10, false);
    focused(0, 6, 10, false);
    events(5, 11, 11);
    events(6, 11, 11);
    session.focus(Map.of(5L, OptionalLong.empty(), 6L, OptionalLong.of(4)), now);
    assertThat(wire.last(FrameCase.FOCUS).getFocus().getViewsList())
        .extracting(view -> view.getChannelId() + " after " + view.getAfterSeq())
        .containsExactlyInAnyOrder("5 after 11", "6 after 4");
  }

  @Test
  void focusOnOthers_whatIsStillUnderWayIsHandedOver() {
    start();
    focus(5, OptionalLong.of(10));
    focused(wire.last(FrameCase.FOCUS).getRef(), 5, 10, false);
    focus(6, OptionalLong.of(1));
    assertThat(wire.last(FrameCase.FOCUS).getFocus().getViewsCount()).isEqualTo(1);
    events(5, 11, 12);
    focused(0, 5, 12, false);
    events(5, 13, 13);
    assertThat(recorder.seqsOf(5)).containsExactly(11L, 12L, 13L);
  }

  @Test
  void newSession_whatCameByItselfIsGone_andNoCursorNamesIt() {
    start();
    focused(0, 5, 10, false);
    session.disconnect(now);
    pass(1_000_000);
    assertThat(wire.lastHello().getCursorsList()).isEmpty();
    ready(true);
    events(5, 11, 11);
    session.disconnect(now);
    pass(1_000_000);
    ready(false);
    events(5, 12, 12);
    assertThat(recorder.seqsOf(5)).containsExactly(11L);
  }

  private static Bump bump(long seq) {
    return Bump.newBuilder().setChannelId(5).setLastSeq(seq).build();
  }
}
