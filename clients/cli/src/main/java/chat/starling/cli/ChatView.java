package chat.starling.cli;

import chat.starling.api.v1.Channel;
import chat.starling.api.v1.Joined;
import chat.starling.api.v1.ListMessagesResponse;
import chat.starling.api.v1.Message;
import chat.starling.api.v1.Ready;
import chat.starling.api.v1.Sent;
import chat.starling.api.v1.Users;
import chat.starling.client.ConnectionState;
import chat.starling.client.PendingMessage;
import chat.starling.client.RefusedException;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jline.utils.AttributedString;
import org.jspecify.annotations.Nullable;

/**
 * What a chat shows of the channel in view: messages, what is being sent, and how the connection
 * stands.
 */
final class ChatView extends FirstContact {
  private static final int SHOWN_PENDING = 3;

  private final Screen screen;
  private final Lines lines;
  private final Map<ByteString, PendingMessage> pending = new LinkedHashMap<>();
  private final UnreadCounts unread = new UnreadCounts();
  private final KnownNames authors = new KnownNames();
  private Map<Long, String> names = Map.of();
  private Channel channel = Channel.getDefaultInstance();
  private Runnable reload = () -> {};
  private boolean connected;
  private boolean wasConnected;
  private String self = "";

  ChatView(Screen screen, Lines lines) {
    this.screen = screen;
    this.lines = lines;
  }

  /**
   * From here on this channel is in view.
   *
   * @param onReload what to do when messages were skipped; must not block
   */
  synchronized void show(Channel shown, Runnable onReload) {
    channel = shown;
    reload = onReload;
    refresh();
  }

  synchronized Channel channel() {
    return channel;
  }

  synchronized String self() {
    return self;
  }

  /** How many messages of the channel came since it was last in view. */
  long unread(long channelId) {
    return unread.of(channelId);
  }

  /** The channels are called so, as far as is known. */
  synchronized void name(List<Channel> channels) {
    names = channels.stream().collect(Collectors.toMap(Channel::getChannelId, Channel::getName));
  }

  synchronized int unacked() {
    return pending.size();
  }

  void notice(String text) {
    screen.print(lines.notice(text));
  }

  void problem(String text) {
    screen.print(lines.problem(text));
  }

  void page(ListMessagesResponse page) {
    authors.learn(page.getUsersList());
    page.getMessagesList()
        .forEach(message -> {
          unread.seen(message.getChannelId(), message.getSeq());
          print(message);
        });
  }

  @Override
  public void onUsers(Users users) {
    authors.learn(users.getUsersList());
  }

  @Override
  public synchronized void onReady(Ready ready) {
    self = ready.getUser().getDisplayName();
    super.onReady(ready);
  }

  @Override
  public synchronized void onState(ConnectionState state, @Nullable RefusedException cause) {
    super.onState(state, cause);
    boolean now = state == ConnectionState.READY;
    if (now && wasConnected) {
      notice("connected again");
    } else if (connected && cause != null) {
      notice("connection lost, trying again");
    }
    if (state == ConnectionState.STOPPED && cause != null) {
      problem("the server ended the session: " + cause.getMessage());
    }
    connected = now;
    wasConnected |= now;
    refresh();
  }

  @Override
  public synchronized void onMessage(Message message, boolean echo) {
    if (message.getChannelId() == channel.getChannelId()) {
      pending.remove(message.getNonce());
      unread.seen(message.getChannelId(), message.getSeq());
      print(message);
      refresh();
    }
  }

  @Override
  public void onJoined(Joined joined) {
    unread.joined(joined);
  }

  @Override
  public synchronized void onBump(long channelId, long lastSeq) {
    boolean news = unread.moved(channelId, lastSeq);
    String name = names.get(channelId);
    if (news && name != null && channelId != channel.getChannelId()) {
      notice("new in #" + name);
    }
  }

  @Override
  public synchronized void onReload(long channelId, long fromSeq) {
    if (channelId == channel.getChannelId()) {
      notice("much has happened meanwhile; this is where the channel stands");
      reload.run();
    }
  }

  @Override
  public synchronized void onFocusRefused(long channelId, RefusedException why) {
    problem("cannot see the channel: " + why.getMessage());
  }

  @Override
  public synchronized void onPending(PendingMessage message) {
    pending.put(message.nonce(), message);
    refresh();
  }

  @Override
  public synchronized void onSent(PendingMessage message, Sent sent) {
    pending.remove(message.nonce());
    refresh();
  }

  @Override
  public synchronized void onSendFailed(PendingMessage message, RefusedException why) {
    pending.remove(message.nonce());
    problem("not sent: " + message.text() + "\n" + why.getMessage());
    refresh();
  }

  private void print(Message message) {
    screen.print(lines.message(message, authors.of(message.getAuthor())));
  }

  private void refresh() {
    List<AttributedString> shown = new ArrayList<>();
    pending.values().stream()
        .limit(SHOWN_PENDING)
        .forEach(message -> shown.add(lines.pending(message.text())));
    if (pending.size() > SHOWN_PENDING) {
      shown.add(lines.pending("and " + (pending.size() - SHOWN_PENDING) + " more"));
    }
    screen.prompt(shown, Plain.line(channel.getName()), connected);
  }
}
