package chat.starling.client;

import chat.starling.api.v1.Joined;
import chat.starling.api.v1.Message;
import chat.starling.api.v1.Ready;
import chat.starling.api.v1.Sent;
import chat.starling.api.v1.Users;
import org.jspecify.annotations.Nullable;

/**
 * What a client tells its program, always on the client's own thread and in the order in which it
 * happens.
 *
 * <p>Callbacks must not block: while one runs, the client reads nothing. They may call the client.
 */
public interface ClientListener {
  /**
   * The connection's state has changed.
   *
   * @param cause why the connection ended, for WAITING and STOPPED; null otherwise
   */
  default void onState(ConnectionState state, @Nullable RefusedException cause) {}

  /** The session stands, after each connect and reconnect. */
  default void onReady(Ready ready) {}

  /**
   * From the seq after {@code fromSeq} on the channel's messages follow; its last seq now is {@code
   * lastSeq}. Also for a small channel that is not in focus, of a client with {@link
   * StarlingClientBuilder#push}: it then begins where {@link #onJoined} or {@link #onBump} said
   * last that it is, and goes on until a bump names it or a session begins anew.
   */
  default void onFocused(long channelId, long fromSeq, long lastSeq) {}

  /** The server refused to show the channel; it is no longer in focus. */
  default void onFocusRefused(long channelId, RefusedException why) {}

  /**
   * The next message of a channel in focus, or pushed: each once, in rising seq without gaps except
   * after {@link #onReload}.
   *
   * @param echo whether it takes the place of the pending message with the same nonce
   */
  default void onMessage(Message message, boolean echo) {}

  /** Messages up to {@code fromSeq} were skipped: reload the channel's tail from history. */
  default void onReload(long channelId, long fromSeq) {}

  /**
   * All of the user's channels in a workspace and where each of them is, over several calls where
   * there are many: soon after each {@link #onReady}, and only for a client with {@link
   * StarlingClientBuilder#bumps} or {@link StarlingClientBuilder#push}. What the user has read is
   * for the program to know.
   */
  default void onJoined(Joined joined) {}

  /**
   * A channel of the user's that is not in focus has moved to this seq. Comes with a delay of some
   * seconds and for many messages at once; only for a client with {@link
   * StarlingClientBuilder#bumps} or {@link StarlingClientBuilder#push}.
   */
  default void onBump(long channelId, long lastSeq) {}

  /**
   * Who some are who write, as their workspace knows them: before the first message of theirs or
   * soon after it, again when they have changed, and only for a client with {@link
   * StarlingClientBuilder#users}. What comes here takes the place of what came before.
   */
  default void onUsers(Users users) {}

  /** A message was taken to be sent and may be shown already. */
  default void onPending(PendingMessage message) {}

  /**
   * The pending message is durable. Its {@link #onMessage} comes before or after this, or not
   * without focus.
   */
  default void onSent(PendingMessage message, Sent sent) {}

  /**
   * The pending message will not be sent again. With REASON_TIMEOUT it may have been posted all the
   * same.
   */
  default void onSendFailed(PendingMessage message, RefusedException why) {}
}
