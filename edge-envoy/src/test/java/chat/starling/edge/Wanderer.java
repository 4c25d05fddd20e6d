package chat.starling.edge;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.v1.ClientFrame;
import chat.starling.api.v1.Event;
import chat.starling.api.v1.Focus;
import chat.starling.api.v1.Focused;
import chat.starling.api.v1.Heartbeat;
import chat.starling.api.v1.ServerFrame;
import chat.starling.api.v1.View;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** A session that looks here and there, and checks every frame that it gets. */
final class Wanderer {

  private static final int MOST_AT_ONCE = 3;
  private static final int LONGEST_STAY = 40;

  private final String name;
  private final List<Long> channels;
  private final Random random;
  private final RawSession session;
  private final Map<Long, Long> cursors = new TreeMap<>();

  /** What the server was told last to be in focus. */
  private Set<Long> wanted = Set.of();

  /** What the server has said to be in focus, of that. */
  private final Set<Long> shown = new HashSet<>();

  /** The server has read the last Focus: what is not in it must be silent. */
  private boolean settled = true;

  private int refs;
  private int switches;

  Wanderer(RunningStack stack, String name, List<Long> channels, Random random) {
    this.name = name;
    this.channels = List.copyOf(channels);
    this.random = random;
    this.session = RawSession.ready(stack.channel(), stack.token(name));
    channels.forEach(id -> cursors.put(id, 0L));
  }

  /** Looks at some channels after others, as long as people talk. */
  void walk(AtomicBoolean talking) {
    while (talking.get()) {
      look(some());
      int stay = random.nextInt(LONGEST_STAY);
      for (int i = 0; i < stay && talking.get(); i++) {
        sync();
      }
    }
  }

  /** Looks at everything until it has all of it. */
  void catchUp(Map<Long, Long> last) {
    look(Set.copyOf(channels));
    while (!cursors.equals(last)) {
      take(session.next());
    }
    sync();
    assertThat(cursors).as("%s has all, and nothing more came", name).isEqualTo(last);
  }

  /** How often the focus was changed. */
  int switches() {
    return switches;
  }

  void leave() {
    session.cancel();
  }

  private Set<Long> some() {
    List<Long> shuffled = new ArrayList<>(channels);
    Collections.shuffle(shuffled, random);
    return Set.copyOf(shuffled.subList(0, random.nextInt(MOST_AT_ONCE + 1)));
  }

  /** A channel that stays in focus goes on by itself; a new one is asked from its cursor on. */
  private void look(Set<Long> next) {
    Focus.Builder focus = Focus.newBuilder();
    for (long id : next) {
      View.Builder view = View.newBuilder().setChannelId(id);
      if (!shown.contains(id)) {
        view.setAfterSeq(cursor(id));
      }
      focus.addViews(view);
    }
    shown.retainAll(next);
    wanted = next;
    settled = false;
    switches++;
    session.send(ClientFrame.newBuilder().setRef(++refs).setFocus(focus).build());
    sync();
    settled = true;
    while (!shown.equals(wanted)) {
      take(session.next());
    }
  }

  /** Reads on until the server has read everything that was said. */
  private void sync() {
    int ref = ++refs;
    session.send(
        ClientFrame.newBuilder().setRef(ref).setHeartbeat(Heartbeat.getDefaultInstance()).build());
    ServerFrame frame = session.next();
    while (!frame.hasHeartbeat() || frame.getRef() != ref) {
      take(frame);
      frame = session.next();
    }
  }

  private void take(ServerFrame frame) {
    if (frame.hasEvent()) {
      take(frame.getEvent());
    } else if (frame.hasFocused()) {
      take(frame.getFocused());
    } else {
      assertThat(frame.hasHeartbeat()).as("%s got %s", name, frame).isTrue();
    }
  }

  private void take(Focused focused) {
    long id = focused.getChannelId();
    assertThat(focused.getReload()).as("so much is not missed").isFalse();
    if (!shown.contains(id)) {
      assertThat(focused.getFromSeq()).as("%s goes on in %s", name, id).isEqualTo(cursor(id));
    }
    shown.add(id);
  }

  private void take(Event event) {
    long id = event.getChannelId();
    if (settled) {
      assertThat(wanted).as("%s looks at it", name).contains(id);
    }
    assertThat(event.getSeq()).as("%s in %s", name, id).isEqualTo(cursor(id) + 1);
    cursors.put(id, event.getSeq());
  }

  private long cursor(long channelId) {
    return cursors.getOrDefault(channelId, 0L);
  }
}
