package chat.starling.client.protocol;

import chat.starling.api.v1.Event;
import chat.starling.api.v1.Joined;
import chat.starling.api.v1.Ready;
import chat.starling.api.v1.Refusal;
import chat.starling.api.v1.Sent;
import chat.starling.api.v1.Users;
import com.google.protobuf.ByteString;

/** What the session tells the program above it, in the order in which it happens. */
public interface Handover {
  /** A stream is being opened. */
  void connecting();

  /** The session stands. */
  void ready(Ready ready);

  /** There is no connection; the next attempt comes after this many milliseconds. */
  void waiting(long millis, Refusal cause);

  /** There is no connection and no attempt will follow by itself. */
  void stopped(Refusal cause);

  /** From the seq after {@code fromSeq} on the channel's events follow. */
  void focused(long channelId, long fromSeq, long lastSeq);

  /** The channel is no longer in focus because the server refused it. */
  void focusRefused(long channelId, Refusal refusal);

  /**
   * The next event of a channel: within one focus the seqs rise by one, except after {@link
   * #reload}.
   *
   * @param echo whether it confirms a message of this client's outbox
   */
  void event(Event event, boolean echo);

  /** Events up to {@code fromSeq} were skipped: history has their messages. */
  void reload(long channelId, long fromSeq);

  /** All of the user's channels in a workspace, or a part of them. */
  void joined(Joined joined);

  /** A channel that is not in focus has moved. */
  void bump(long channelId, long lastSeq);

  /** Who some are who wrote what the client is sent. */
  void users(Users users);

  /** The message of this nonce is durable. */
  void sent(ByteString nonce, Sent sent);

  /** The message of this nonce will not be sent again. */
  void sendFailed(ByteString nonce, Refusal refusal);
}
