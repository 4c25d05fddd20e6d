package chat.starling.client.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.v1.BackfillPage;
import chat.starling.api.v1.ClientFrame;
import chat.starling.api.v1.ClientFrame.FrameCase;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.api.v1.Removed;
import chat.starling.api.v1.ServerFrame;
import com.google.protobuf.ByteString;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FocusTest extends SessionFixture {
  @Test
  void focus_liveOnly_beginsWhereFocusedSays() {
    start();
    focus(5, OptionalLong.empty());
    ClientFrame ask = wire.last(FrameCase.FOCUS);
    assertThat(ask.getFocus().getViews(0).hasAfterSeq()).isFalse();
    events(5, 7, 7);
    focused(ask.getRef(), 5, 8, false);
    events(5, 9, 10);
    assertThat(recorder.seqsOf(5)).containsExactly(9L, 10L);
  }

  @Test
  void focus_coveredByTheHello_isNotAskedAgain() {
    focus(5, OptionalLong.of(3));
    start();
    assertThat(wire.lastHello().getCursors(0).getChannelId()).isEqualTo(5);
    assertThat(wire.frames(FrameCase.FOCUS)).isEmpty();
  }

  @Test
  void focus_changedDuringTheHandshake_isAskedAfterReady() {
    focus(5, OptionalLong.of(3));
    session.start(now);
    focus(6, OptionalLong.of(1));
    ready(false);
    assertThat(wire.last(FrameCase.FOCUS).getFocus().getViewsList())
        .extracting(view -> view.getChannelId())
        .containsExactly(6L);
  }

  @Test
  void focus_unansweredWhenTheConnectionBroke_isAskedAgainOnTheResumedSession() {
    start();
    focus(5, OptionalLong.empty());
    session.disconnect(now);
    pass(1_000);
    ready(true);
    assertThat(wire.frames(FrameCase.FOCUS)).hasSize(2);
  }

  @Test
  void focus_settledBeforeTheConnectionBroke_goesOnWithTheResumedSession() {
    start();
    focus(5, OptionalLong.empty());
    focused(wire.last(FrameCase.FOCUS).getRef(), 5, 8, false);
    session.disconnect(now);
    pass(1_000);
    ready(true);
    assertThat(wire.frames(FrameCase.FOCUS)).hasSize(1);
  }

  @Test
  void gap_pages_areAskedUntilItIsClosedAndLiveEventsWait() {
    start();
    focus(5, OptionalLong.of(0));
    events(5, 1, 2);
    events(5, 6, 8);
    assertThat(recorder.seqsOf(5)).containsExactly(1L, 2L);
    assertThat(wire.frames(FrameCase.BACKFILL)).hasSize(1);
    page(3, 4);
    assertThat(wire.last(FrameCase.BACKFILL).getBackfill().getAfterSeq()).isEqualTo(4);
    page(5, 5);
    assertThat(recorder.seqsOf(5)).containsExactlyElementsOf(upTo(8));
    assertThat(wire.frames(FrameCase.BACKFILL)).hasSize(2);
  }

  @Test
  void gap_moreLiveEventsThanAreHeldBack_isClosedByFurtherPages() {
    start();
    focus(5, OptionalLong.of(0));
    long last = ChannelSync.HELD_BACK + 50L;
    events(5, 2, last);
    page(1, 1);
    assertThat(recorder.seqsOf(5)).hasSize(ChannelSync.HELD_BACK + 1);
    page(ChannelSync.HELD_BACK + 2L, last);
    assertThat(recorder.seqsOf(5)).containsExactlyElementsOf(upTo(last));
  }

  @Test
  void gap_beyondTheRetention_isReloadedAndGoesOn() {
    start();
    focus(5, OptionalLong.of(3));
    events(5, 20, 20);
    page(11, 19);
    assertThat(recorder.log).contains("reload 5 10");
    assertThat(recorder.seqsOf(5)).startsWith(11L).endsWith(20L).hasSize(10);
  }

  @Test
  void backfill_unanswered_isAskedAgain() {
    start();
    focus(5, OptionalLong.of(0));
    focused(wire.last(FrameCase.FOCUS).getRef(), 5, 0, false);
    events(5, 3, 3);
    pass(Timing.ANSWER_MILLIS);
    assertThat(wire.frames(FrameCase.BACKFILL)).hasSize(2);
  }

  @Test
  void focused_reload_tellsTheListenerAndGoesOnFromThere() {
    start();
    focus(5, OptionalLong.of(3));
    focused(wire.last(FrameCase.FOCUS).getRef(), 5, 900, true);
    events(5, 901, 902);
    assertThat(recorder.log).contains("reload 5 900");
    assertThat(recorder.seqsOf(5)).containsExactly(901L, 902L);
  }

  @Test
  void refusal_oneChannel_leavesTheOthersInFocus() {
    start();
    Map<Long, OptionalLong> wanted = new HashMap<>();
    wanted.put(5L, OptionalLong.of(0));
    wanted.put(6L, OptionalLong.of(0));
    session.focus(wanted, now);
    Refusal refusal =
        Refusal.newBuilder()
            .setReason(Reason.REASON_NOT_A_MEMBER)
            .setStatus(7)
            .setValue("6")
            .build();
    take(ServerFrame.newBuilder().setRef(wire.last(FrameCase.FOCUS).getRef()).setRefusal(refusal));
    assertThat(recorder.log).contains("focus refused 6 REASON_NOT_A_MEMBER");
    events(6, 1, 1);
    events(5, 1, 1);
    assertThat(recorder.seqs).containsOnlyKeys(5L);
  }

  @Test
  void refusal_cursorAhead_startsAnewFromTheServersPlace() {
    start();
    focus(5, OptionalLong.of(100));
    refuse(wire.last(FrameCase.FOCUS).getRef(), Reason.REASON_CURSOR_AHEAD, 11);
    ClientFrame again = wire.last(FrameCase.FOCUS);
    assertThat(again.getFocus().getViews(0).hasAfterSeq()).isFalse();
    focused(again.getRef(), 5, 7, false);
    events(5, 8, 8);
    assertThat(recorder.log).contains("reload 5 7");
    assertThat(recorder.seqsOf(5)).containsExactly(8L);
  }

  @Test
  void refusal_passing_isAskedAgainLater() {
    start();
    focus(5, OptionalLong.of(0));
    refuse(wire.last(FrameCase.FOCUS).getRef(), Reason.REASON_UNAVAILABLE, 14);
    assertThat(wire.frames(FrameCase.FOCUS)).hasSize(1);
    pass(1_000);
    assertThat(wire.frames(FrameCase.FOCUS)).hasSize(2);
  }

  @Test
  void removed_aChannelInFocus_tellsTheListenerAndShowsNothingMore() {
    start();
    focus(5, OptionalLong.of(3));
    focused(wire.last(FrameCase.FOCUS).getRef(), 5, 3, false);
    events(5, 4, 4);
    removed(5);
    events(5, 5, 5);
    assertThat(recorder.log).endsWith("focus refused 5 REASON_CHANNEL_NOT_FOUND");
    assertThat(recorder.seqsOf(5)).containsExactly(4L);
    session.disconnect(now);
    pass(1_000);
    assertThat(wire.lastHello().getCursorsList()).as("it is not asked for again").isEmpty();
  }

  @Test
  void removed_putIntoFocusAgain_goesOnFromTheProgramsPlace() {
    start();
    focus(5, OptionalLong.of(3));
    focused(wire.last(FrameCase.FOCUS).getRef(), 5, 3, false);
    removed(5);
    focus(5, OptionalLong.of(3));
    ClientFrame ask = wire.last(FrameCase.FOCUS);
    assertThat(ask.getFocus().getViews(0).getAfterSeq()).isEqualTo(3);
    focused(ask.getRef(), 5, 3, false);
    events(5, 4, 5);
    assertThat(recorder.seqsOf(5)).containsExactly(4L, 5L);
  }

  @Test
  void removed_oneOfTwo_leavesTheOtherInFocus() {
    start();
    session.focus(Map.of(5L, OptionalLong.of(0), 6L, OptionalLong.of(0)), now);
    removed(6);
    removed(7);
    events(5, 1, 1);
    events(6, 1, 1);
    assertThat(recorder.seqs).containsOnlyKeys(5L);
    assertThat(recorder.log).filteredOn(entry -> entry.startsWith("focus refused")).hasSize(1);
  }

  private void removed(long channel) {
    take(ServerFrame.newBuilder().setRemoved(Removed.newBuilder().setChannelId(channel)));
  }

  private void page(long first, long last) {
    ClientFrame ask = wire.last(FrameCase.BACKFILL);
    BackfillPage.Builder page = BackfillPage.newBuilder().setChannelId(5).setLastSeq(last);
    for (long seq = first; seq <= last; seq++) {
      page.addEvents(event(5, seq, ByteString.EMPTY));
    }
    take(ServerFrame.newBuilder().setRef(ask.getRef()).setBackfillPage(page));
  }

  private static Iterable<Long> upTo(long last) {
    return LongStream.rangeClosed(1, last).boxed().collect(Collectors.toList());
  }
}
