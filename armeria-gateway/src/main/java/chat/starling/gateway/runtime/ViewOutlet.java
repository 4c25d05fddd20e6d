package chat.starling.gateway.runtime;

import chat.starling.api.v1.ServerFrame;
import chat.starling.gateway.delivery.ChannelView;
import chat.starling.gateway.delivery.Lane;
import chat.starling.gateway.delivery.Notice;
import chat.starling.gateway.delivery.Parcel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a session does with what its views bring. */
interface ViewOutlet {
  /**
   * The next event of some channel.
   *
   * @param lag is told when it could not be kept for the client
   */
  void deliver(Parcel parcel, Lag lag);

  /** The client's lane, if nothing of its own is under way and many share its connection. */
  @Nullable Lane lane();

  /** Events of this view are written to the lane, until it stands alone. */
  void shares(ChannelView view);

  /** These were sent meanwhile, after so many of which nothing is kept. */
  void shared(long unknown, List<Parcel> sent);

  /** A frame that others are sent too. */
  void share(Notice notice);

  /** Some answer. */
  void say(int ref, ServerFrame.Builder frame);

  /** Runs the task when the client has room for a page, at once if it has it now. */
  void whenRoom(Runnable task);
}
