package chat.starling.bench.permission;

import chat.starling.api.v1.Refusal;
import chat.starling.gateway.delivery.ChannelView;
import chat.starling.gateway.delivery.Lane;
import chat.starling.gateway.delivery.Notice;
import chat.starling.gateway.delivery.Parcel;
import chat.starling.gateway.delivery.Viewer;
import java.util.List;

/**
 * A session that looks at one channel, on a connection that takes everything.
 *
 * @param trunk the connection
 * @param stream its number there
 */
record SinkViewer(Sink trunk, int stream) implements Viewer, Lane {

  private static final int ALL_CREDIT = 1 << 30;

  @Override
  public Lane lane() {
    return this;
  }

  @Override
  public void take(Tenant tenant) {}

  @Override
  public int credit(int left, int needed) {
    return ALL_CREDIT;
  }

  @Override
  public void leave(int left) {}

  @Override
  public void deliver(Parcel parcel) {
    trunk.write(stream, parcel.wire());
  }

  @Override
  public void shares(ChannelView view) {}

  @Override
  public void shared(long unknown, List<Parcel> sent) {}

  @Override
  public void mark(Notice notice) {}

  @Override
  public void focused(ChannelView view, long lastSeq, long fromSeq, boolean reload) {}

  @Override
  public void refused(ChannelView view, Refusal refusal) {
    throw new IllegalStateException("refused: " + refusal);
  }

  @Override
  public void unpermitted(ChannelView view) {
    throw new IllegalStateException("not permitted (expected: all see the channel)");
  }

  @Override
  public void read(ChannelView view, long afterSeq) {
    throw new IllegalStateException("reads after " + afterSeq + " (expected: all is delivered)");
  }
}
