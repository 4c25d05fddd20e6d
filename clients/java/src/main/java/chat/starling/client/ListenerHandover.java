package chat.starling.client;

import chat.starling.api.v1.Event;
import chat.starling.api.v1.Joined;
import chat.starling.api.v1.Ready;
import chat.starling.api.v1.Refusal;
import chat.starling.api.v1.Sent;
import chat.starling.api.v1.Users;
import chat.starling.client.protocol.Handover;
import com.google.protobuf.ByteString;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Passes what the session hands over to the listener and to whoever waits for a message. */
final class ListenerHandover implements Handover {
  private static final Logger LOG = Logger.getLogger("chat.starling.client");

  private final ClientListener listener;
  private final Sends sends;
  private final Tracing tracing;
  private volatile ConnectionState state = ConnectionState.OFFLINE;

  ListenerHandover(ClientListener listener, Sends sends, Tracing tracing) {
    this.listener = listener;
    this.sends = sends;
    this.tracing = tracing;
  }

  ConnectionState state() {
    return state;
  }

  @Override
  public void connecting() {
    enter(ConnectionState.CONNECTING, null);
  }

  @Override
  public void ready(Ready ready) {
    enter(ConnectionState.READY, null);
    guarded(() -> listener.onReady(ready));
  }

  @Override
  public void waiting(long millis, Refusal cause) {
    enter(ConnectionState.WAITING, cause);
  }

  @Override
  public void stopped(Refusal cause) {
    enter(ConnectionState.STOPPED, cause);
  }

  /** The client was closed. */
  void offline() {
    enter(ConnectionState.OFFLINE, null);
  }

  @Override
  public void focused(long channelId, long fromSeq, long lastSeq) {
    guarded(() -> listener.onFocused(channelId, fromSeq, lastSeq));
  }

  @Override
  public void focusRefused(long channelId, Refusal refusal) {
    guarded(() -> listener.onFocusRefused(channelId, new RefusedException(refusal)));
  }

  @Override
  public void event(Event event, boolean echo) {
    if (event.hasMessagePosted()) {
      Runnable handOver = () -> listener.onMessage(event.getMessagePosted(), echo);
      tracing.receive(event, () -> guarded(handOver));
    }
  }

  @Override
  public void reload(long channelId, long fromSeq) {
    guarded(() -> listener.onReload(channelId, fromSeq));
  }

  @Override
  public void joined(Joined joined) {
    guarded(() -> listener.onJoined(joined));
  }

  @Override
  public void bump(long channelId, long lastSeq) {
    guarded(() -> listener.onBump(channelId, lastSeq));
  }

  @Override
  public void users(Users users) {
    guarded(() -> listener.onUsers(users));
  }

  void pending(PendingMessage message) {
    guarded(() -> listener.onPending(message));
  }

  @Override
  public void sent(ByteString nonce, Sent sent) {
    Sends.Waiting waiting = sends.take(nonce);
    guarded(() -> listener.onSent(waiting.message, sent));
    waiting.complete(sent);
  }

  @Override
  public void sendFailed(ByteString nonce, Refusal refusal) {
    Sends.Waiting waiting = sends.take(nonce);
    guarded(() -> listener.onSendFailed(waiting.message, new RefusedException(refusal)));
    waiting.fail(refusal);
  }

  private void enter(ConnectionState entered, @Nullable Refusal cause) {
    state = entered;
    RefusedException why = cause == null ? null : new RefusedException(cause);
    guarded(() -> listener.onState(entered, why));
  }

  /** A listener that throws must not leave the session half-way through a step. */
  private static void guarded(Runnable callback) {
    try {
      callback.run();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "A listener's callback failed.", e);
    }
  }
}
