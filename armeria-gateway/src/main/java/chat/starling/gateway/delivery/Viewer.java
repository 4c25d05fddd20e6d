package chat.starling.gateway.delivery;

import chat.starling.api.v1.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The session behind a view, as its views see it. */
public interface Viewer {

  /** Takes the next event of the view's channel. */
  void deliver(Parcel parcel);

  /** The lane by which the viewer could be written to together with others, if there is one. */
  @Nullable Lane lane();

  /** The viewer's events are written to its lane, until the view stands alone again. */
  void shares(ChannelView view);

  /**
   * The view stands alone again; meanwhile these were sent, for a resume to know.
   *
   * @param unknown so many first, of which nothing is kept
   */
  void shared(long unknown, List<Parcel> sent);

  /** Whom the viewer was told of; null when it does not want to be told of anybody. */
  default @Nullable Acquaintance acquaintance() {
    return null;
  }

  /** Takes a frame that says up to where channels are: the client is to read what it lacks. */
  void mark(Notice notice);

  /**
   * The view's start is known; its events follow.
   *
   * @param lastSeq the channel's last seq now
   * @param fromSeq events flow from the one after this
   * @param reload more was missed than is replayed
   */
  void focused(ChannelView view, long lastSeq, long fromSeq, boolean reload);

  /** The view cannot be; it has ended. */
  void refused(ChannelView view, Refusal refusal);

  /**
   * The user may not be sent the channel's events any more, or nobody knows whether he may. The
   * relay has taken the view out, and it has not ended.
   */
  void unpermitted(ChannelView view);

  /** The view needs the events after {@code afterSeq}; the answer goes to its {@code page}. */
  void read(ChannelView view, long afterSeq);
}
