package chat.starling.channel.feed;

import chat.starling.api.v1.Refusal;
import java.util.ArrayList;
import java.util.List;

/** An append that has its seq and waits for its row, and all rows before it, to be durable. */
public final class PendingAppend {

  private final Append append;
  private final FeedEntry entry;
  private final LogRow row;
  private List<AppendReply> joined = List.of();
  private boolean durable;
  private int failures;

  PendingAppend(Append append, FeedEntry entry, long epoch) {
    this.append = append;
    this.entry = entry;
    this.row = new LogRow(entry.seq(), epoch, entry.event());
  }

  /** The event. */
  public FeedEntry entry() {
    return entry;
  }

  /** The row that makes it durable. */
  public LogRow row() {
    return row;
  }

  /** The traceparent of the append's span; empty when it is not traced. */
  public String traceparent() {
    return append.traceparent();
  }

  /** Lets a repetition wait for the same result. */
  void join(AppendReply reply) {
    if (joined.isEmpty()) {
      joined = new ArrayList<>(1);
    }
    joined.add(reply);
  }

  Nonce key() {
    return append.key();
  }

  int joined() {
    return joined.size();
  }

  boolean durable() {
    return durable;
  }

  void becameDurable() {
    durable = true;
  }

  int failedAgain() {
    return ++failures;
  }

  /** Tells all who wait that there will be no ack. */
  void refuse(Refusal refusal) {
    append.reply().refused(refusal);
    joined.forEach(reply -> reply.refused(refusal));
  }

  void ack() {
    append.reply().acked(new Appended(entry.seq(), entry.messageId(), false));
    joined.forEach(reply -> reply.acked(new Appended(entry.seq(), entry.messageId(), true)));
  }
}
