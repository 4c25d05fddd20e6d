package chat.starling.bench.drain;

import chat.starling.bench.wire.FrameWalk;
import io.netty.buffer.ByteBuf;
import java.time.Instant;
import java.time.InstantSource;
import org.HdrHistogram.Histogram;

/** Counts what the streams of one thread get. Confined to that thread. */
final class Tally {

  private static final int MASK = Finish.WINDOW - 1;
  private static final long MICROS = 1_000_000;

  /** What was counted; the histograms since they were last taken. */
  record Part(
      long deliveries,
      long frames,
      long bytes,
      long gaps,
      long duplicates,
      Histogram every,
      Histogram last) {}

  private final FrameWalk walk = new FrameWalk();
  private final int streams;
  private final Finish finish;
  private final InstantSource clock;

  /** By seq: how many streams have the event, and when it was sent. */
  private final int[] had = new int[Finish.WINDOW];

  private final long[] sent = new long[Finish.WINDOW];
  private Histogram every = Times.empty();
  private Histogram last = Times.empty();
  private long deliveries;
  private long frames;
  private long bytes;
  private long gaps;
  private long duplicates;
  private long now;
  private long runSent;
  private long runLength;
  private boolean finished;

  /**
   * @param streams how many this thread has
   */
  Tally(int streams, Finish finish, InstantSource clock) {
    this.streams = streams;
    this.finish = finish;
    this.clock = clock;
  }

  /** What is told from here on has just been read. */
  void beginRead() {
    Instant instant = clock.instant();
    now = instant.getEpochSecond() * MICROS + instant.getNano() / 1_000;
  }

  /** A DATA frame of so many bytes. */
  void frame(int length) {
    frames++;
    bytes += length;
  }

  /**
   * A message that came on a stream, if it is an event.
   *
   * @param due the seq of the stream's next event
   * @return the seq that is due now
   */
  long message(long due, ByteBuf in, int from, int length) {
    long seq = walk.eventSeq(in, from, length);
    if (seq == due) {
      deliver(seq, in, from, length);
      return due + 1;
    }
    if (seq == 0) {
      return due;
    }
    if (seq < due) {
      duplicates++;
      return due;
    }
    gaps += seq - due;
    deliver(seq, in, from, length);
    return seq + 1;
  }

  /** All that was read has been told. */
  void endRead() {
    endRun();
    if (finished) {
      finished = false;
      finish.tell();
    }
  }

  Part take() {
    Part part = new Part(deliveries, frames, bytes, gaps, duplicates, every, last);
    every = Times.empty();
    last = Times.empty();
    return part;
  }

  private void deliver(long seq, ByteBuf in, int from, int length) {
    deliveries++;
    int slot = (int) seq & MASK;
    if (had[slot]++ == 0) {
      sent[slot] = walk.textNumber(in, from, length);
    }
    if (sent[slot] != runSent) {
      endRun();
      runSent = sent[slot];
    }
    runLength++;
    if (had[slot] == streams) {
      had[slot] = 0;
      finish(seq, sent[slot]);
    }
  }

  private void finish(long seq, long sentAt) {
    if (finish.pass(seq)) {
      finished = true;
      if (sentAt != 0) {
        last.recordValue(took(sentAt));
      }
    }
  }

  /** Deliveries of one event one after the other took equally long: they were read together. */
  private void endRun() {
    if (runLength > 0 && runSent != 0) {
      every.recordValueWithCount(took(runSent), runLength);
    }
    runLength = 0;
  }

  /** Clocks of processes may differ by a little. */
  private long took(long sentAt) {
    return Math.clamp(now - sentAt, 0, Times.LONGEST);
  }
}
