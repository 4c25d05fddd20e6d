package chat.starling.gateway.runtime;

import chat.starling.gateway.delivery.ChannelView;
import chat.starling.gateway.delivery.Page;
import chat.starling.gateway.delivery.Relay;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * Reads the pages that a session's views lack, when the client has room for them and may be sent
 * them. On the session's event loop.
 */
record CatchUps(Pages pages, EventLoop loop, Relay relay, ViewOutlet outlet, ViewRetries retries) {

  /** Brings the view the page after this seq, or takes the view out. */
  void read(ChannelView view, long afterSeq) {
    outlet.whenRoom(() -> readNow(view, afterSeq));
  }

  private void readNow(ChannelView view, long afterSeq) {
    if (!retries.inView().test(view)) {
      return;
    }
    if (view.permit().gate().isOpen()) {
      var _ =
          pages
              .catchUp(view.channelId(), afterSeq)
              .whenComplete(
                  (page, fault) -> loop.execute(() -> answer(view, afterSeq, page, fault)));
    } else {
      retries.later(view, () -> readNow(view, afterSeq));
    }
  }

  private void answer(
      ChannelView view, long afterSeq, @Nullable Page page, @Nullable Throwable fault) {
    if (!retries.inView().test(view)) {
      return;
    }
    if (page != null) {
      bring(view, afterSeq, page);
    } else if (fault != null) {
      retries.refuseOrRetry(view, fault, () -> readNow(view, afterSeq));
    }
  }

  /** Who may be sent the page may have changed while it was read. */
  private void bring(ChannelView view, long afterSeq, Page page) {
    if (!view.permit().gate().isOpen()) {
      retries.later(view, () -> readNow(view, afterSeq));
    } else if (view.permit().allowsViewing()) {
      relay.ticker().look();
      view.page(afterSeq, page);
    } else {
      relay.recheck(view.channelId());
    }
  }
}
