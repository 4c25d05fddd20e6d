package chat.starling.edge.crowd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.starling.client.StarlingClient;
import chat.starling.edge.RunningStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

/** Senders and viewers on a number of channels, and the ledger of what they were told. */
public final class Crowd implements AutoCloseable {

  /** How long anything may take that must happen in the end. */
  public static final Duration PATIENCE = Duration.ofMinutes(4);

  /** Unacked messages that one sender keeps on their way. */
  private static final int WINDOW = 16;

  private final RunningStack stack;
  private final long seed;
  private final Ledger ledger = new Ledger();
  private final Outages outages = new Outages();
  private final List<Long> channels = new ArrayList<>();
  private final List<StarlingClient> senders = new ArrayList<>();
  private final List<Viewer> viewers = new ArrayList<>();

  /** Nobody yet; the seed decides who watches what, who writes where, and what. */
  public Crowd(RunningStack stack, long seed) {
    this.stack = stack;
    this.seed = seed;
  }

  /** What senders were told and viewers saw. */
  public Ledger ledger() {
    return ledger;
  }

  /** When any of them was without a session. */
  public Outages outages() {
    return outages;
  }

  /** The ids of the channels. */
  public List<Long> channels() {
    return List.copyOf(channels);
  }

  /** Who may write in every channel. */
  public List<StarlingClient> senders() {
    return List.copyOf(senders);
  }

  /** Who looks. */
  public List<Viewer> viewers() {
    return List.copyOf(viewers);
  }

  /** The pages of history as a member of every channel reads them. */
  public HistoryPages history() {
    return new HistoryPages(senders.getFirst().history());
  }

  /** Makes channels, each with all senders as members. */
  public void open(int channelCount, int senderCount) {
    String run = UUID.randomUUID().toString().substring(0, 8);
    for (int i = 0; i < channelCount; i++) {
      channels.add(stack.createChannel("sender-0", "crowd-" + run + "-" + i));
    }
    stack.joinAll(IntStream.range(1, senderCount).mapToObj(s -> "sender-" + s).toList(), channels);
    for (int s = 0; s < senderCount; s++) {
      StarlingClient sender = stack.client("sender-" + s, outages.of("sender-" + s));
      sender.start();
      senders.add(sender);
    }
  }

  /**
   * Adds viewers, each of a third of the channels at least one other viewer has; returns once they
   * see.
   */
  public void watch(int viewerCount) {
    Random random = new Random(seed);
    for (int v = 0; v < viewerCount; v++) {
      String name = "viewer-" + v;
      Set<Long> watched = new HashSet<>();
      watched.add(channels.get(v % channels.size()));
      channels.stream().filter(id -> random.nextInt(3) == 0).forEach(watched::add);
      stack.joinAll(List.of(name), watched);
      Viewer viewer = new Viewer(stack, name, watched, ledger, outages.of(name));
      viewer.start();
      viewers.add(viewer);
    }
    await().atMost(PATIENCE).until(() -> viewers.stream().allMatch(Viewer::sees));
  }

  /** Sends this many messages in all and returns when each has its ack. */
  void talk(int messages) {
    List<CompletableFuture<Void>> speeches =
        IntStream.range(0, senders.size())
            .mapToObj(s ->
                CompletableFuture.runAsync(
                    () -> speak(s, messages / senders.size()), Thread::startVirtualThread))
            .toList();
    CompletableFuture.allOf(speeches.toArray(CompletableFuture[]::new)).join();
  }

  private void speak(int sender, int messages) {
    Random random = new Random(seed + sender);
    Texts texts = new Texts(seed * 31 + sender);
    Semaphore window = new Semaphore(WINDOW);
    List<CompletableFuture<Void>> sends = new ArrayList<>();
    for (int i = 0; i < messages; i++) {
      window.acquireUninterruptibly();
      long channel = channels.get(random.nextInt(channels.size()));
      String text = texts.next();
      sends.add(
          senders
              .get(sender)
              .send(channel, text)
              .whenComplete((sent, failure) -> window.release())
              .thenAccept(sent -> ledger.acked(channel, Ledger.Entry.of(sent, text))));
    }
    CompletableFuture.allOf(sends.toArray(CompletableFuture[]::new)).join();
  }

  /** Waits until all viewers saw what was acked, and proves that they saw it once and in order. */
  void assertEverybodySawEverything() {
    channels.forEach(ledger::assertDense);
    await().atMost(PATIENCE).until(() -> viewers.stream().allMatch(Viewer::caughtUp));
    viewers.forEach(Viewer::assertSawAll);
  }

  /**
   * Reads the whole history of every channel, forth and back, and compares it with what was acked.
   */
  void assertHistoryIsWhatWasAcked() {
    HistoryPages history = history();
    for (long channel : channels) {
      assertThat(history.forward(channel))
          .as("history of %s", channel)
          .isEqualTo(ledger.acked(channel));
      assertThat(history.backward(channel))
          .as("history of %s", channel)
          .isEqualTo(ledger.acked(channel));
    }
  }

  @Override
  public void close() {
    viewers.forEach(Viewer::close);
    senders.forEach(StarlingClient::close);
  }
}
