package chat.starling.gateway.runtime;

import chat.starling.api.v1.BackfillPage;
import chat.starling.gateway.delivery.Parcel;
import chat.starling.gateway.session.Effect;
import chat.starling.gateway.signin.Identity;
import chat.starling.gateway.workspace.Replicas;
import io.netty.channel.EventLoop;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session's client from the moment its token was found right: who it is, and what it looks at. On
 * the session's event loop.
 */
final class KnownClient {

  private final Identity identity;
  private final Outgoing outgoing;
  private final Views views;
  private final Replicas replicas;
  private @Nullable Unread unread;
  private String sessionToken = "";
  private boolean left;

  KnownClient(SessionParts parts, EventLoop loop, Identity identity, Outgoing outgoing) {
    this.identity = identity;
    this.outgoing = outgoing;
    this.views = new Views(parts, loop, identity, outgoing);
    this.replicas = parts.permits().replicas();
    identity.workspaces().forEach(replicas::enter);
  }

  Identity identity() {
    return identity;
  }

  boolean is(long userId) {
    return identity.userId() == userId;
  }

  /** The session stands, under this token. */
  void attach(String token) {
    sessionToken = token;
  }

  /**
   * Begins to tell the client of channels that it does not look at.
   *
   * @param push small ones among them are sent instead
   */
  void hearBumps(SessionParts parts, EventLoop loop, boolean push) {
    Unread begun = new Unread(parts, loop, identity, views, outgoing);
    unread = begun;
    begun.begin(push);
  }

  /** The client wants to be told who writes what it is sent. */
  void introduceAuthors() {
    views.introduceAuthors();
  }

  /** Tells the client who wrote what is on this page, if it wants to know. */
  void introduceAuthors(BackfillPage page) {
    views.introduceAuthors(page);
  }

  /** Time has passed. */
  void pulse(long now) {
    if (unread != null) {
      unread.pulse(now);
    }
  }

  void focus(Effect.Focus focus) {
    views.focus(focus.ref(), focus.wishes());
  }

  /**
   * Takes up what an earlier connection left.
   *
   * @param missed what the client gets of the replay
   * @param push also what came into view there by itself
   */
  void goOn(Replay replay, List<Parcel> missed, boolean push) {
    Dormant earlier = replay.earlier();
    outgoing.goOn(earlier.sent(), missed);
    earlier.seats().stream()
        .filter(seat -> !replay.lost().contains(seat.channelId()))
        .filter(seat -> seat.own() || push)
        .forEach(seat -> views.restore(0, seat));
    replay.lost().forEach(views::sayRemoved);
  }

  /** Leaves all views; returns what a later connection can take up. */
  Dormant leave() {
    if (unread != null) {
      unread.leave();
    }
    if (!left) {
      left = true;
      identity.workspaces().forEach(replicas::leave);
    }
    return new Dormant(sessionToken, identity.userId(), outgoing.events(), views.leave());
  }
}
