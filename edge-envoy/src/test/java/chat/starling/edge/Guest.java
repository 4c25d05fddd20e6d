package chat.starling.edge;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.v1.ClientFrame;
import chat.starling.api.v1.Event;
import chat.starling.api.v1.Focus;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.ServerFrame;
import chat.starling.api.v1.SessionServiceGrpc;
import chat.starling.api.v1.View;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One who may see a channel at times: a session without any client logic that notes what comes of
 * the channel, and when. Told what to do by one thread at a time; times are {@link
 * System#nanoTime}.
 */
final class Guest implements StreamObserver<ServerFrame> {

  private static final long PATIENCE_SECONDS = 20;

  /** No event may come. */
  private static final long NOTHING = -1;

  /** A message that came. */
  record Arrival(String text, long at) {}

  private final String name;
  private final long channelId;
  private final StreamObserver<ClientFrame> out;
  private final BlockingQueue<ServerFrame> said = new LinkedBlockingQueue<>();
  private final List<Arrival> arrivals = new CopyOnWriteArrayList<>();
  private final List<String> faults = new CopyOnWriteArrayList<>();
  private int refs;
  private volatile long next = NOTHING;
  private volatile long last;

  /**
   * @param connection on which callbacks are made at once
   */
  Guest(String name, long channelId, Channel connection, String token) {
    this.name = name;
    this.channelId = channelId;
    out = SessionServiceGrpc.newStub(connection).connect(this);
    out.onNext(RawSession.hello(token));
    assertThat(next().hasReady()).isTrue();
  }

  String name() {
    return name;
  }

  List<Arrival> arrivals() {
    return arrivals;
  }

  /** What must not happen. */
  List<String> faults() {
    return faults;
  }

  /** The last seq that came. */
  long last() {
    return last;
  }

  /** Looks at what comes from now on, and must be allowed to; an earlier view may end before. */
  void look() {
    focused(View.newBuilder().setChannelId(channelId).build());
  }

  /** Looks away and then at all that came after what it has, and must be allowed to. */
  void lookAnew() {
    out.onNext(focus());
    focused(View.newBuilder().setChannelId(channelId).setAfterSeq(last).build());
  }

  /** Looks, and must be told that there is no such channel. */
  void lookInVain() {
    out.onNext(focus(View.newBuilder().setChannelId(channelId).build()));
    ServerFrame answer = next();
    assertThat(answer.getRef()).isEqualTo(refs);
    assertThat(answer.getRefusal().getReason()).isEqualTo(Reason.REASON_CHANNEL_NOT_FOUND);
  }

  /** It has been told nothing since the last answer. */
  void requireUndisturbed() {
    assertThat(said).as("%s may see the channel and is told", name).isEmpty();
  }

  /** Waits until it is told that the channel is gone. */
  void awaitRemoved() {
    ServerFrame frame = next();
    assertThat(frame.getRemoved().getChannelId()).as("%s got %s", name, frame).isEqualTo(channelId);
  }

  void leave() {
    out.onCompleted();
  }

  @Override
  public void onNext(ServerFrame frame) {
    long now = System.nanoTime();
    switch (frame.getFrameCase()) {
      case EVENT -> take(frame.getEvent(), now);
      case FOCUSED -> {
        if (frame.getFocused().getReload()) {
          faults.add(name + " is to reload");
        }
        next = frame.getFocused().getFromSeq() + 1;
        said.add(frame);
      }
      case REMOVED -> {
        next = NOTHING;
        said.add(frame);
      }
      default -> said.add(frame);
    }
  }

  @Override
  public void onError(Throwable failure) {
    faults.add(name + " lost its stream: " + failure);
  }

  @Override
  public void onCompleted() {}

  private void take(Event event, long now) {
    if (event.getSeq() != next) {
      faults.add("%s got %d instead of %d".formatted(name, event.getSeq(), next));
    }
    next = event.getSeq() + 1;
    last = event.getSeq();
    arrivals.add(new Arrival(event.getMessagePosted().getText(), now));
  }

  private void focused(View view) {
    out.onNext(focus(view));
    ServerFrame answer = next();
    while (answer.hasRemoved()) {
      answer = next();
    }
    assertThat(answer.hasFocused()).as("%s got %s", name, answer).isTrue();
    assertThat(answer.getRef()).isEqualTo(refs);
  }

  private ClientFrame focus(View... views) {
    return ClientFrame.newBuilder()
        .setRef(++refs)
        .setFocus(Focus.newBuilder().addAllViews(List.of(views)))
        .build();
  }

  private ServerFrame next() {
    try {
      ServerFrame frame = said.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (frame == null) {
        throw new AssertionError(name + " was told nothing; " + faults);
      }
      return frame;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
