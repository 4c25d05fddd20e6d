package chat.starling.channel.feed;

/** How far a feed's followers are, and what the store knows of that. */
final class Progress {

  private long history;
  private long outbox;
  private long head;
  private OpenMark last = new OpenMark(0, 0, 0);

  void begin(Recovered found) {
    history = found.historySeq();
    outbox = found.outboxSeq();
    head = found.head().seq();
  }

  void followed(Follower who, long seq) {
    switch (who) {
      case HISTORY -> history = seq;
      case OUTBOX -> outbox = seq;
    }
  }

  void headWritten(long seq) {
    head = seq;
  }

  long history() {
    return history;
  }

  long outbox() {
    return outbox;
  }

  /** Whether all followers and the head have reached this seq. */
  boolean allAt(long seq) {
    return history == seq && outbox == seq && head == seq;
  }

  /** The mark that tells of it. */
  OpenMark mark(long epoch) {
    last = new OpenMark(epoch, history, outbox);
    return last;
  }

  /** Whether the last mark tells less than is known now. */
  boolean beyondMark() {
    return last.historySeq() < history || last.outboxSeq() < outbox;
  }
}
