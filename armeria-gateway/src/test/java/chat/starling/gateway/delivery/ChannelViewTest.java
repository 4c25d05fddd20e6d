package chat.starling.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.v1.Reason;
import chat.starling.platform.refusal.Refuse;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ChannelViewTest {

  private final RecordedViewer viewer = new RecordedViewer();

  @Test
  void started_liveOnly_tellsHeadAndDeliversWhatFollows() {
    ChannelView view = view(ChannelView.LIVE_ONLY);
    view.started(7);
    view.offer(RecordedViewer.parcel(8));
    assertThat(viewer.focused).isEqualTo("last=7 from=7 reload=false");
    assertThat(viewer.seqs).containsExactly(8L);
    assertThat(viewer.reads).isEmpty();
  }

  @Test
  void pass_events_areCountedAsHadAndToldOnce() {
    ChannelView view = view(7);
    view.started(7);
    view.pass(RecordedViewer.parcel(8));
    view.pass(RecordedViewer.parcel(9));
    assertThat(view.cursor()).as("the client does not know of them").isEqualTo(7);
    view.mark(MarkFrame.of(1, 9));
    view.mark(MarkFrame.of(1, 9));
    assertThat(viewer.marks).isEqualTo(1);
    assertThat(view.cursor()).isEqualTo(9);
    view.offer(RecordedViewer.parcel(10));
    assertThat(viewer.seqs).containsExactly(10L);
    assertThat(viewer.reads).isEmpty();
  }

  @Test
  void pass_whileCatchingUp_isDeliveredInItsPlace() {
    ChannelView view = view(6);
    view.started(7);
    view.pass(RecordedViewer.parcel(8));
    answer(view, RecordedViewer.page(7, 7, 8));
    view.mark(MarkFrame.of(1, 9));
    assertThat(viewer.seqs).containsExactly(7L, 8L);
    assertThat(viewer.marks).isZero();
  }

  @Test
  void started_cursorAtHead_readsNothing() {
    ChannelView view = view(7);
    view.started(7);
    assertThat(viewer.focused).isEqualTo("last=7 from=7 reload=false");
    assertThat(viewer.reads).isEmpty();
    assertThat(view.isLive()).isTrue();
  }

  @Test
  void page_cursorBehind_joinsBacklogAndHeldEventsWithoutGapOrRepeat() {
    ChannelView view = view(2);
    view.started(4);
    view.offer(RecordedViewer.parcel(5));
    view.offer(RecordedViewer.parcel(6));
    assertThat(viewer.seqs).isEmpty();
    answer(view, RecordedViewer.page(3, 5, 5));
    view.offer(RecordedViewer.parcel(7));
    assertThat(viewer.focused).isEqualTo("last=5 from=2 reload=false");
    assertThat(viewer.seqs).containsExactly(3L, 4L, 5L, 6L, 7L);
  }

  @Test
  void page_shorterThanBacklog_readsOn() {
    ChannelView view = view(0);
    view.started(5);
    answer(view, RecordedViewer.page(1, 2, 5));
    answer(view, RecordedViewer.page(3, 5, 5));
    assertThat(viewer.reads).containsExactly(0L, 2L);
    assertThat(viewer.seqs).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(view.isLive()).isTrue();
  }

  @Test
  void page_moreMissedThanReplayed_asksForReload() {
    ChannelView view = view(1);
    view.started(2000);
    answer(view, RecordedViewer.page(2, 101, 2000));
    view.offer(RecordedViewer.parcel(2001));
    assertThat(viewer.focused).isEqualTo("last=2000 from=2000 reload=true");
    assertThat(viewer.seqs).containsExactly(2001L);
  }

  @Test
  void page_exactlyAsMuchMissedAsReplayed_isReplayed() {
    ChannelView view = view(1000);
    view.started(2000);
    answer(view, RecordedViewer.page(1001, 2000, 2000));
    assertThat(viewer.focused).isEqualTo("last=2000 from=1000 reload=false");
    assertThat(viewer.seqs).hasSize(ChannelView.REPLAY_LIMIT);
  }

  @Test
  void page_logBeginsAfterCursor_asksForReload() {
    ChannelView view = view(1);
    view.started(20);
    answer(view, RecordedViewer.page(10, 20, 20));
    assertThat(viewer.focused).isEqualTo("last=20 from=20 reload=true");
    assertThat(viewer.seqs).isEmpty();
  }

  @Test
  void refuse_cursorAhead_endsTheView() {
    ChannelView view = view(9);
    view.started(4);
    view.refuse(Refuse.because(Reason.REASON_CURSOR_AHEAD).build());
    view.offer(RecordedViewer.parcel(10));
    assertThat(viewer.refused).isEqualTo(Reason.REASON_CURSOR_AHEAD);
    assertThat(viewer.seqs).isEmpty();
  }

  @Test
  void page_serverBehindCursor_refusesCursorAhead() {
    ChannelView view = view(9);
    view.started(4);
    answer(view, new Page(java.util.List.of(), 4));
    assertThat(viewer.refused).isEqualTo(Reason.REASON_CURSOR_AHEAD);
    assertThat(view.isLive()).isFalse();
  }

  @Test
  void offer_seqSkipped_readsTheGapBeforeGoingOn() {
    ChannelView view = view(ChannelView.LIVE_ONLY);
    view.started(1);
    view.offer(RecordedViewer.parcel(4));
    assertThat(viewer.reads).containsExactly(1L);
    answer(view, RecordedViewer.page(2, 4, 4));
    assertThat(viewer.seqs).containsExactly(2L, 3L, 4L);
  }

  @Test
  void moved_eventsLostUpstream_readsThem() {
    ChannelView view = view(ChannelView.LIVE_ONLY);
    view.started(1);
    view.moved(3);
    answer(view, RecordedViewer.page(2, 3, 3));
    assertThat(viewer.seqs).containsExactly(2L, 3L);
  }

  @Test
  void offer_moreThanIsHeldWhileCatchingUp_readsTheRestFromTheLog() {
    ChannelView view = view(0);
    view.started(1);
    LongStream.rangeClosed(2, 600).mapToObj(RecordedViewer::parcel).forEach(view::offer);
    answer(view, RecordedViewer.page(1, 1, 1));
    answer(view, RecordedViewer.page(2, 400, 600));
    assertThat(viewer.seqs)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 600).boxed().toList());
    assertThat(view.isLive()).isTrue();
  }

  @Test
  void page_logHasAHoleForever_goesOnBehindIt() {
    ChannelView view = view(ChannelView.LIVE_ONLY);
    view.started(1);
    view.offer(RecordedViewer.parcel(5));
    answer(view, new Page(java.util.List.of(), 5));
    view.offer(RecordedViewer.parcel(6));
    assertThat(viewer.seqs).containsExactly(5L, 6L);
  }

  private ChannelView view(long after) {
    return new ChannelView(1, after, false, viewer);
  }

  @Test
  void fallBehind_thenCatchUp_marksWhereTheChannelIsAndGoesOnLive() {
    ChannelView view = view(0);
    view.started(0);
    offer(view, 1, 5);
    view.fallBehind(2);
    assertThat(view.cursor()).isEqualTo(2);
    offer(view, 6, 7);
    view.catchUp();
    assertThat(viewer.marked).isEqualTo(7);
    offer(view, 8, 8);
    assertThat(viewer.seqs).containsExactly(1L, 2L, 3L, 4L, 5L, 8L);
  }

  @Test
  void page_askedForBeforeFallingBehind_isIgnored() {
    ChannelView view = view(0);
    view.started(3);
    answer(view, RecordedViewer.page(1, 3, 3));
    view.moved(5);
    view.fallBehind(1);
    view.catchUp();
    view.moved(9);
    view.page(3, RecordedViewer.page(4, 5, 5));
    assertThat(viewer.seqs).containsExactly(1L, 2L, 3L);
    answer(view, RecordedViewer.page(6, 9, 9));
    assertThat(viewer.seqs).containsExactly(1L, 2L, 3L, 6L, 7L, 8L, 9L);
  }

  private void answer(ChannelView view, Page page) {
    view.page(viewer.reads.getLast(), page);
  }

  private static void offer(ChannelView view, long from, long to) {
    LongStream.rangeClosed(from, to).mapToObj(RecordedViewer::parcel).forEach(view::offer);
  }
}
