package chat.starling.channel.owner;

import chat.starling.api.internal.v1.AdministerRequest;
import chat.starling.api.internal.v1.AdministerResponse;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.channel.feed.Append;
import chat.starling.channel.feed.FeedEntry;
import chat.starling.channel.feed.HotTail;
import chat.starling.channel.history.HistoryPage;
import chat.starling.channel.history.HistoryReader;
import chat.starling.channel.history.Position;
import chat.starling.channel.history.RecentMessages;
import chat.starling.channel.relay.FeedSubscriber;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.refusal.RefusedException;
import chat.starling.platform.ring.Shard;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * All feeds of the shards that this server has. Each shard lives on one of the loops; every call is
 * handed to that loop and answered from there.
 */
public final class FeedOwner implements ShardKeeper {

  private static final Duration FINISH_POLL = Duration.ofMillis(10);

  /**
   * How often a moving shard's followers are waited for, before and after it takes nothing more.
   */
  private static final int CLEAN_POLLS = 20;

  private final FeedContext context;
  private final List<Loop> loops;
  private final List<FeedTable> tables;
  private final HistoryReader history;

  /** Feeds on these loops; {@link #start} begins their housekeeping. */
  public FeedOwner(FeedContext context, List<? extends Loop> loops) {
    this.context = context;
    this.loops = List.copyOf(loops);
    this.tables = this.loops.stream().map(loop -> new FeedTable(context, loop)).toList();
    this.history = new HistoryReader(context.stores().view(), context.clock());
  }

  /** Begins to look after the feeds now and then. */
  public void start() {
    for (int i = 0; i < loops.size(); i++) {
      scheduleTick(loops.get(i), tables.get(i));
    }
  }

  /** Appends; the answer goes to the append's reply. */
  public void append(FeedId id, Append append) {
    with(id, feed -> feed.append(append), append.reply()::refused);
  }

  /**
   * Does an act on a workspace; answers when all can read what it did. Fails with the refusal.
   *
   * @param request whose form has been checked
   * @param traceparent of the span that it is a part of; empty when it is not traced
   */
  public CompletionStage<AdministerResponse> administer(
      AdministerRequest request, String traceparent) {
    WaitingAct act = new WaitingAct(request, traceparent);
    with(FeedId.workspace(request.getWorkspaceId()), feed -> feed.act(act), act::refuse);
    return act.answer();
  }

  /** Subscribes from the event after a seq on, or from now on. */
  public void subscribe(FeedId id, OptionalLong afterSeq, FeedSubscriber subscriber) {
    with(
        id,
        feed -> feed.subscribe(subscriber, afterSeq),
        refusal -> subscriber.refused(refusal.getReason()));
  }

  /**
   * Ends a subscription; comes after the subscribe call of the same subscriber.
   *
   * @param over the subscriber has said so and does not go by the feed any more; false when its
   *     stream has broken
   */
  public void unsubscribe(FeedId id, FeedSubscriber subscriber, boolean over) {
    on(
        Shard.of(id),
        table -> table.awake(id).ifPresent(feed -> feed.unsubscribe(subscriber, over)));
  }

  /** A subscriber of a workspace's feed goes by all its events up to a seq. */
  public void applied(FeedId id, FeedSubscriber subscriber, long seq, long askedAt) {
    on(
        Shard.of(id),
        table -> table.awake(id).ifPresent(feed -> feed.applied(subscriber, seq, askedAt)));
  }

  /**
   * Up to {@code limit} events after a seq. When some have outlived their time in the log, the run
   * begins after them. Fails with CURSOR_AHEAD when the seq lies beyond the last.
   */
  public CompletionStage<EventRun> events(FeedId id, long afterSeq, int limit) {
    return visit(id, feed -> events(id, feed, afterSeq, limit));
  }

  /** A page of a channel's history that holds everything acked before the call. */
  public CompletionStage<HistoryPage> history(long channelId, Position position, int limit) {
    return this.<RecentMessages>visit(
            FeedId.channel(channelId), feed -> CompletableFuture.completedStage(recent(feed)))
        .thenCompose(recent -> history.page(channelId, position, limit, recent));
  }

  /** What operators see of all feeds, read on each loop in its turn. */
  public CompletionStage<FeedLoad> load() {
    CompletionStage<FeedLoad> sum = CompletableFuture.completedStage(FeedLoad.NONE);
    for (int i = 0; i < loops.size(); i++) {
      sum =
          sum.thenCombine(
              CompletableFuture.supplyAsync(tables.get(i)::load, loops.get(i)::execute),
              FeedLoad::plus);
    }
    return sum;
  }

  /** Stops asking the store; every shard has been finished or lost. */
  public void end() {
    for (int i = 0; i < loops.size(); i++) {
      loops.get(i).execute(tables.get(i)::end);
    }
  }

  @Override
  public void opened(Shard shard, long epoch) {
    on(shard, table -> table.open(shard, epoch));
  }

  @Override
  public void finish(Shard shard, Runnable finished) {
    on(
        shard,
        table -> catchUp(new Move(shard, table, table.epochOf(shard), finished), CLEAN_POLLS));
  }

  @Override
  public void lost(Shard shard) {
    on(shard, table -> table.lose(shard));
  }

  /** One shard on its way to another server, under the epoch that it has here. */
  private record Move(Shard shard, FeedTable table, long epoch, Runnable finished) {

    /** The shard was lost meanwhile, or is here anew. */
    boolean isOver() {
      return table.epochOf(shard) != epoch;
    }
  }

  /** Goes on serving while the followers get most of what they lack: users do not wait for that. */
  private void catchUp(Move move, int pollsLeft) {
    if (move.isOver()) {
      return;
    }
    if (pollsLeft == 0 || move.table().caughtUp(move.shard())) {
      finish(move, CLEAN_POLLS);
    } else {
      soon(move, () -> catchUp(move, pollsLeft - 1));
    }
  }

  /**
   * Waits for what is in flight as long as it takes, and for the followers a moment, so that the
   * next owner mostly finds everything clean.
   */
  private void finish(Move move, int pollsLeft) {
    if (move.isOver()) {
      return;
    }
    boolean nothingInFlight = move.table().finish(move.shard());
    if (nothingInFlight && (pollsLeft == 0 || move.table().clean(move.shard()))) {
      move.table().lose(move.shard());
      move.finished().run();
    } else {
      soon(move, () -> finish(move, nothingInFlight ? pollsLeft - 1 : pollsLeft));
    }
  }

  private void soon(Move move, Runnable step) {
    loops.get(slot(move.shard())).schedule(step, FINISH_POLL);
  }

  private void scheduleTick(Loop loop, FeedTable table) {
    loop.schedule(
        () -> {
          table.tick();
          scheduleTick(loop, table);
        },
        context.bounds().flush());
  }

  private static CompletionStage<EventRun> events(
      FeedId id, ActiveFeed active, long afterSeq, int limit) {
    long last = active.feed().settledSeq();
    if (afterSeq > last) {
      return CompletableFuture.failedStage(ahead(afterSeq, last));
    }
    HotTail tail = active.feed().tail();
    long end = Math.min(last, afterSeq + limit);
    if (afterSeq + 1 >= tail.first()) {
      return CompletableFuture.completedStage(
          new EventRun(tail.slice(afterSeq + 1, end + 1), last));
    }
    return active
        .log()
        .settled(id, active.feed().starts(), afterSeq + 1, end)
        .thenApply(found -> new EventRun(found, last));
  }

  private static RecentMessages recent(ActiveFeed active) {
    HotTail tail = active.feed().tail();
    List<FeedEntry> entries = tail.slice(tail.first(), tail.next());
    return new RecentMessages(entries, tail.first() == 1);
  }

  private <T> CompletionStage<T> visit(FeedId id, Question<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Consumer<Refusal> refuse =
        refusal -> answer.completeExceptionally(new RefusedException(refusal));
    with(
        id,
        feed ->
            feed.visit(
                new Visit(
                    () ->
                        question
                            .ask(feed)
                            .whenComplete((value, fault) -> pass(value, fault, answer)),
                    refuse)),
        refuse);
    return answer;
  }

  private static <T> void pass(T value, Throwable fault, CompletableFuture<T> answer) {
    if (fault == null) {
      answer.complete(value);
    } else {
      answer.completeExceptionally(fault);
    }
  }

  private void with(FeedId id, Consumer<ActiveFeed> action, Consumer<Refusal> refuse) {
    Shard shard = Shard.of(id);
    on(shard, table -> table.use(shard, id, action, refuse));
  }

  private void on(Shard shard, Consumer<FeedTable> action) {
    int slot = slot(shard);
    FeedTable table = tables.get(slot);
    loops.get(slot).execute(() -> action.accept(table));
  }

  private int slot(Shard shard) {
    return shard.index() % loops.size();
  }

  private static RefusedException ahead(long afterSeq, long last) {
    return Refuse.because(Reason.REASON_CURSOR_AHEAD)
        .field("after_seq")
        .value(afterSeq)
        .expected("0.." + last)
        .toException();
  }

  /** What is asked of a feed that may be shown. */
  private interface Question<T> {
    CompletionStage<T> ask(ActiveFeed feed);
  }
}
