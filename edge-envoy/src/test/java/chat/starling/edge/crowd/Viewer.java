package chat.starling.edge.crowd;

import chat.starling.api.v1.Message;
import chat.starling.client.ClientListener;
import chat.starling.client.ConnectionState;
import chat.starling.client.RefusedException;
import chat.starling.client.StarlingClient;
import chat.starling.edge.RunningStack;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A person who looks at channels from their first message on; writes what is shown into the ledger.
 */
public final class Viewer implements AutoCloseable {

  private final String name;
  private final Set<Long> channels;
  private final Ledger ledger;
  private final StarlingClient client;
  private final Set<Long> focused = ConcurrentHashMap.newKeySet();
  private final List<String> surprises = new CopyOnWriteArrayList<>();

  Viewer(
      RunningStack stack,
      String name,
      Set<Long> channels,
      Ledger ledger,
      ClientListener connection) {
    this.name = name;
    this.channels = channels;
    this.ledger = ledger;
    client = stack.client(name, new Screen(connection));
  }

  void start() {
    client.focusAfter(channels.stream().collect(Collectors.toMap(id -> id, id -> 0L)));
    client.start();
  }

  /** By which the ledger knows the viewer. */
  public String name() {
    return name;
  }

  /** What the viewer looks at. */
  public Set<Long> channels() {
    return channels;
  }

  StarlingClient client() {
    return client;
  }

  /** What happened that must not: a refused focus, a message passed over. */
  public List<String> surprises() {
    return List.copyOf(surprises);
  }

  boolean sees() {
    return focused.containsAll(channels);
  }

  /** Whether the viewer was shown as many messages as were acked in every channel. */
  boolean caughtUp() {
    return channels.stream().allMatch(id -> ledger.seenCount(name, id) >= ledger.acked(id).size());
  }

  void assertSawAll() {
    if (!surprises.isEmpty()) {
      throw new AssertionError(name + ": " + surprises);
    }
    channels.forEach(id -> ledger.assertSawAll(name, id));
  }

  Map<Long, Integer> progress() {
    return channels.stream().collect(Collectors.toMap(id -> id, id -> ledger.seenCount(name, id)));
  }

  @Override
  public void close() {
    client.close();
  }

  private final class Screen implements ClientListener {

    private final ClientListener connection;

    Screen(ClientListener connection) {
      this.connection = connection;
    }

    @Override
    public void onState(ConnectionState state, @Nullable RefusedException cause) {
      connection.onState(state, cause);
    }

    @Override
    public void onFocused(long channelId, long fromSeq, long lastSeq) {
      focused.add(channelId);
    }

    @Override
    public void onFocusRefused(long channelId, RefusedException why) {
      surprises.add("focus refused: " + why.getMessage());
    }

    @Override
    public void onReload(long channelId, long fromSeq) {
      surprises.add("told to reload " + channelId + " from " + fromSeq);
    }

    @Override
    public void onMessage(Message message, boolean echo) {
      ledger.seen(name, message.getChannelId(), Ledger.Entry.of(message));
    }
  }
}
