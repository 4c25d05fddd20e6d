package chat.starling.channel.feed;

import java.util.List;

/**
 * Tells repetitions of appends from new ones: out of memory, and where that does not reach back far
 * enough, out of the log.
 */
final class Repetitions {

  private final FeedRefusals refusals;
  private final NonceWindow nonces;
  private final long windowMillis;
  private final RetrySearch search = new RetrySearch();
  private int joined;

  Repetitions(FeedRefusals refusals, FeedBounds bounds) {
    this.refusals = refusals;
    this.nonces = new NonceWindow(bounds);
    this.windowMillis = bounds.nonceWindow().toMillis();
  }

  /** Begins anew with the newest entries of the log. */
  void load(List<FeedEntry> recent, long now) {
    // Rows live longer than nonces: where none is left, no nonce is either.
    boolean whole = recent.isEmpty() || recent.getFirst().seq() == 1;
    nonces.reset(whole ? Long.MIN_VALUE : recent.getFirst().createdMillis());
    recent.forEach(entry -> nonces.addNewer(entry, now));
  }

  /** An append has got its seq. */
  void given(Append append, PendingAppend pending, long now) {
    nonces.add(append, pending, now);
  }

  /** An append is about to be acked, and with it those that joined it. */
  void settled(PendingAppend pending) {
    joined -= pending.joined();
    nonces.settled(pending);
  }

  /** Nobody will be acked any more. */
  void lost() {
    joined = 0;
  }

  /** Lets go of what is too old to be asked for. */
  void trim(long now) {
    nonces.trim(now);
  }

  /** Answers a repetition of what memory knows, now or together with the first; false otherwise. */
  boolean answered(Append append, long now) {
    NonceWindow.Seen first = nonces.find(append.key(), now);
    if (first != null) {
      answer(append, first);
    }
    return first != null;
  }

  /** Whether only the log can tell if this was there before. */
  boolean needsLog(Append append, long now) {
    return append.retry() && !nonces.complete(now);
  }

  /**
   * Lets a retry wait for what the log says.
   *
   * @param nextSeq of the feed
   * @return below which seq the log is to be read now; 0 when that is under way already
   */
  long search(Append append, long nextSeq) {
    if (search.running()) {
      search.later(append);
      return 0;
    }
    search.begin(append, nonces.firstSeq(nextSeq), nonces);
    return search.below();
  }

  boolean searching() {
    return search.running();
  }

  /**
   * Takes the true entries right below the seq asked for.
   *
   * @return below which seq the log is to be read on; 0 when the search is over
   */
  long found(List<FeedEntry> entries, long now) {
    return search.take(entries, now - windowMillis, nonces, this::answer) ? search.below() : 0;
  }

  /** Ends the search and hands out who waited for it. */
  RetrySearch.Rest endSearch() {
    return search.end(nonces);
  }

  /** How many wait for an answer. */
  int waiting() {
    return search.waiting() + joined;
  }

  private void answer(Append append, NonceWindow.Seen first) {
    PendingAppend pending = first.pending();
    if (!first.sameText(append.text())) {
      append.reply().refused(refusals.nonceReused());
    } else if (pending == null) {
      append.reply().acked(new Appended(first.seq(), first.messageId(), true));
    } else {
      joined++;
      pending.join(append.reply());
    }
  }
}
