package chat.starling.cli;

import chat.starling.api.v1.Channel;
import chat.starling.api.v1.ListMessagesResponse;
import chat.starling.api.v1.Message;
import chat.starling.client.RefusedException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A conversation: carries out what is typed, one line at a time. */
final class Chat {
  private static final int FIRST_PAGE = 20;
  private static final long NEXT_ACK_SECONDS = 20;

  private final Connection connection;
  private final ChatView view;
  private final Screen screen;
  private final String edge;
  private volatile List<String> channelNames = List.of();
  private CompletableFuture<?> unacked = CompletableFuture.completedFuture(null);

  /**
   * @param edge the server's address as the person knows it
   */
  Chat(Connection connection, ChatView view, Screen screen, String edge) {
    this.connection = connection;
    this.view = view;
    this.screen = screen;
    this.edge = edge;
  }

  /** Goes to the channel that everybody starts in, which the first one makes. */
  void enter(String name) throws InterruptedException {
    Optional<Channel> found = connection.find(name);
    open(found.isPresent() ? found.get() : connection.createOrFind(name));
  }

  /** Carries out a line; false when the person wants to leave. */
  boolean handle(String line) throws InterruptedException {
    try {
      return carryOut(ChatLine.parse(line));
    } catch (RefusedException | Failure e) {
      view.problem(Failure.of(e).text());
      return true;
    }
  }

  /**
   * Waits for the acks of what was typed, as long as one comes every now and then; whether every
   * message was posted.
   */
  boolean settle() throws InterruptedException {
    while (true) {
      int before = view.unacked();
      try {
        unacked.get(NEXT_ACK_SECONDS, TimeUnit.SECONDS);
        return true;
      } catch (ExecutionException e) {
        return false;
      } catch (TimeoutException e) {
        if (view.unacked() >= before) {
          return false;
        }
      }
    }
  }

  /** The names of the channels, as last heard of; for completion. */
  List<String> channelNames() {
    return channelNames;
  }

  private boolean carryOut(ChatLine line) throws InterruptedException {
    switch (line) {
      case ChatLine.Say say -> say(say.text());
      case ChatLine.Join join -> join(join.name(), join.create());
      case ChatLine.Create create -> open(connection.create(create.name()));
      case ChatLine.Channels _ -> listChannels();
      case ChatLine.History history -> showHistory(history.count());
      case ChatLine.Who _ -> who();
      case ChatLine.Help _ -> ChatLine.HELP.forEach(view::notice);
      case ChatLine.Mistake mistake -> view.problem(mistake.text());
      case ChatLine.Nothing _ -> {}
      case ChatLine.Quit _ -> {
        return false;
      }
    }
    return true;
  }

  private void say(String text) {
    var sent = connection.client().send(view.channel().getChannelId(), text);
    unacked = CompletableFuture.allOf(unacked, sent);
  }

  private void join(String name, boolean create) throws InterruptedException {
    Optional<Channel> found = connection.find(name);
    if (found.isPresent()) {
      open(found.get());
    } else if (create || screen.confirm("There is no #" + Plain.line(name) + ". Create it?")) {
      open(connection.createOrFind(name));
    } else {
      view.notice("There is no #" + name + ". /create " + name + " makes it.");
    }
  }

  /** Shows the channel's newest messages and then what comes after exactly these. */
  private void open(Channel channel) throws InterruptedException {
    Channel joined = connection.join(channel);
    long id = joined.getChannelId();
    ListMessagesResponse page =
        Connection.answer(connection.client().history().newest(id, FIRST_PAGE));
    List<Message> tail = page.getMessagesList();
    view.show(joined, () -> reload(id));
    view.notice("#" + joined.getName());
    view.page(page);
    connection.client().focus(id, tail.isEmpty() ? 0 : tail.getLast().getSeq());
    learnNames();
  }

  private void learnNames() {
    var _ =
        connection
            .client()
            .channels()
            .list(connection.workspace(), false, "")
            .thenAccept(page -> learn(page.getChannelsList()));
  }

  private void learn(List<Channel> channels) {
    channelNames = names(channels);
    view.name(channels);
  }

  private static List<String> names(List<Channel> channels) {
    return channels.stream().map(Channel::getName).toList();
  }

  private void reload(long channelId) {
    var _ = connection.client().history().newest(channelId, FIRST_PAGE).thenAccept(view::page);
  }

  private void showHistory(int count) throws InterruptedException {
    long id = view.channel().getChannelId();
    var page = Connection.answer(connection.client().history().newest(id, count));
    view.notice("the last " + page.getMessagesCount() + " of #" + view.channel().getName());
    view.page(page);
    view.notice("now");
  }

  private void listChannels() throws InterruptedException {
    List<Channel> channels = connection.channels(false);
    learn(channels);
    List<String> shown = channels.stream().map(this::withUnread).toList();
    view.notice(shown.isEmpty() ? "no channels yet" : String.join("  ", shown));
  }

  private String withUnread(Channel channel) {
    long unread = view.unread(channel.getChannelId());
    return "#" + channel.getName() + (unread > 0 ? " (" + unread + " new)" : "");
  }

  private void who() {
    view.notice(
        "%s in #%s at %s, workspace %d: %s, %d unacked"
            .formatted(
                view.self(),
                view.channel().getName(),
                edge,
                connection.workspace(),
                connection.client().state().name().toLowerCase(java.util.Locale.ROOT),
                view.unacked()));
  }
}
