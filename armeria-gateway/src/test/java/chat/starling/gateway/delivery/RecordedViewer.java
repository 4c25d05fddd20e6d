package chat.starling.gateway.delivery;

import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.api.v1.ServerFrame;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Keeps what a view says. */
final class RecordedViewer implements Viewer {

  final List<Long> seqs = new ArrayList<>();
  final List<Long> reads = new ArrayList<>();
  int marks;
  int unpermitted;
  long marked;
  String focused = "";
  Reason refused = Reason.REASON_UNSPECIFIED;

  static Parcel parcel(long seq) {
    return Parcel.ofFrame(1, seq, "", ByteString.EMPTY);
  }

  static Page page(long first, long to, long last) {
    return new Page(
        LongStream.rangeClosed(first, to).mapToObj(RecordedViewer::parcel).toList(), last);
  }

  /** The seq of the one mark in the notice. */
  static long markedSeq(Notice notice) {
    try {
      byte[] wire = notice.wire();
      return ServerFrame.parseFrom(ByteString.copyFrom(wire, 5, wire.length - 5))
          .getMarks()
          .getMarks(0)
          .getLastSeq();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public @Nullable Lane lane() {
    return null;
  }

  @Override
  public void shares(ChannelView view) {
    throw new AssertionError("has no lane");
  }

  @Override
  public void shared(long unknown, List<Parcel> sent) {
    throw new AssertionError("has no lane");
  }

  @Override
  public void deliver(Parcel parcel) {
    seqs.add(parcel.seq());
  }

  @Override
  public void mark(Notice notice) {
    marks++;
    marked = markedSeq(notice);
  }

  @Override
  public void focused(ChannelView view, long lastSeq, long fromSeq, boolean reload) {
    focused = "last=" + lastSeq + " from=" + fromSeq + " reload=" + reload;
  }

  @Override
  public void refused(ChannelView view, Refusal refusal) {
    refused = refusal.getReason();
  }

  @Override
  public void unpermitted(ChannelView view) {
    unpermitted++;
  }

  @Override
  public void read(ChannelView view, long afterSeq) {
    reads.add(afterSeq);
  }
}
