package chat.starling.gateway.session;

import chat.starling.api.v1.Backfill;
import chat.starling.api.v1.Close;
import chat.starling.api.v1.Refusal;
import chat.starling.api.v1.Resume;
import chat.starling.api.v1.Send;
import chat.starling.api.v1.ServerFrame;
import java.time.Duration;
import java.util.List;

/** What a session wants done, in the order in which it is to happen. */
public sealed interface Effect {

  /** Tell the client. */
  record Say(ServerFrame frame) implements Effect {

    /** The answer to the client's frame with this ref. */
    static Say of(int ref, ServerFrame.Builder frame) {
      return new Say(frame.setRef(ref).build());
    }

    /** A no to the client's frame with this ref. */
    static Say refusal(int ref, Refusal refusal) {
      return of(ref, ServerFrame.newBuilder().setRefusal(refusal));
    }
  }

  /** The client's events may wait so long for others, to leave in one frame with them. */
  record Pace(Duration tick) implements Effect {}

  /**
   * Check a token when its turn comes; answer with {@code signedIn} or {@code signInRefused}.
   *
   * @param comesBack the client says that it had a session and wants it back
   */
  record SignIn(String token, boolean comesBack) implements Effect {

    @Override
    public String toString() {
      return "SignIn[token=********, comesBack=" + comesBack + "]";
    }
  }

  /**
   * Go on with an earlier session or begin a new one; answer with {@code opened}.
   *
   * @param bumps the client wants to be told of channels that are not in focus
   * @param push it wants what is said in small ones of them; only with bumps
   * @param users it wants to be told who writes
   */
  record Open(Resume resume, boolean bumps, boolean push, boolean users) implements Effect {}

  /** These channels, and no others, are on the client's screen. */
  record Focus(int ref, List<Wish> wishes) implements Effect {

    public Focus {
      wishes = List.copyOf(wishes);
    }
  }

  /**
   * Post a message; answer with {@link Session#sent} or {@link Session#sendRefused}. One at a time
   * a channel.
   */
  record Append(int ref, Send send, String traceparent) implements Effect {}

  /** Read a page of events; answer with {@code answered}. */
  record ReadPage(int ref, Backfill backfill, int pageSize) implements Effect {}

  /** Tell the client why and end the stream; the session stays resumable where that makes sense. */
  record End(Close close) implements Effect {}

  /** End the stream with OK: the client has said all it wanted, and has all answers. */
  record Finish() implements Effect {}
}
