package chat.starling.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.v1.Author;
import chat.starling.api.v1.Event;
import chat.starling.api.v1.Message;
import chat.starling.api.v1.ServerFrame;
import chat.starling.api.v1.User;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * More authors than anybody remembers, who change now and then; whoever writes for the first time
 * is known only later.
 */
final class SimAuthors implements Introductions {

  private static final int AUTHORS = 100;
  private static final long WORKSPACE = 7;

  private final Relay relay;
  private final Deque<Runnable> timers;
  private final long channel;
  private final Map<Long, Long> versions = new HashMap<>();
  private final Map<Long, Long> changedAt = new HashMap<>();

  /** As whom the author of a seq was known when it was published. */
  private final Map<Long, User> knownAs = new HashMap<>();

  private final Set<Long> known = new HashSet<>();

  SimAuthors(Relay relay, Deque<Runnable> timers, long channel) {
    this.relay = relay;
    this.timers = timers;
    this.channel = channel;
  }

  /** Somebody is another from now on, or what he was before. */
  void change(long head, Random random) {
    long author = anybody(random);
    versions.merge(author, 1L, (was, one) -> was ^ one);
    changedAt.put(author, head);
  }

  private static long anybody(Random random) {
    return 1L + random.nextInt(random.nextBoolean() ? 5 : AUTHORS);
  }

  Parcel write(long channelId, long seq, String text, Random random) {
    long author = anybody(random);
    if (known.contains(author)) {
      knownAs.put(seq, user(author));
    }
    Message.Builder message =
        Message.newBuilder().setText(text).setAuthor(Author.newBuilder().setUserId(author));
    Event event =
        Event.newBuilder().setChannelId(channelId).setSeq(seq).setMessagePosted(message).build();
    return Parcel.ofEvent(channelId, seq, event.toByteString());
  }

  @Override
  public @Nullable Introduction of(Parcel parcel) {
    long author = EventAuthor.of(parcel);
    if (known.contains(author)) {
      return new Introduction(WORKSPACE, user(author));
    }
    timers.add(() -> {
      known.add(author);
      relay.introduce(channel, new Introduction(WORKSPACE, user(author)));
    });
    return null;
  }

  @Override
  public void introduce(long channelId, Collection<Long> userIds, Acquaintance to) {
    throw new AssertionError("nobody reads pages here");
  }

  /**
   * @param wants the client is to be told who writes
   * @param stays it is still there, so that what comes late has come
   */
  void check(ByteString sent, ByteString log, boolean wants, boolean stays) {
    Map<Long, User> told = new HashMap<>();
    List<ServerFrame> events = new ArrayList<>();
    for (ServerFrame frame : frames(sent)) {
      assertThat(frame.hasUsers() && !wants).isFalse();
      frame.getUsers().getUsersList().forEach(user -> told.put(user.getUserId(), user));
      if (frame.hasEvent()) {
        events.add(frame);
        User author = knownAs.get(frame.getEvent().getSeq());
        if (wants && author != null) {
          User now = told.get(author.getUserId());
          assertThat(author.equals(now) || (now != null && changedAfter(frame)))
              .as("%s: %s", now, frame)
              .isTrue();
        }
      }
    }
    assertThat(events).isEqualTo(frames(log));
    if (wants && stays) {
      assertThat(told.keySet())
          .containsAll(
              events.stream()
                  .map(frame -> frame.getEvent().getMessagePosted().getAuthor().getUserId())
                  .toList());
    }
  }

  /** Whoever is sent it late may have been told already what came after it. */
  private boolean changedAfter(ServerFrame frame) {
    Event event = frame.getEvent();
    long author = event.getMessagePosted().getAuthor().getUserId();
    return changedAt.getOrDefault(author, 0L) >= event.getSeq();
  }

  private User user(long id) {
    long version = 1L + id * 1_000_003 + versions.getOrDefault(id, 0L);
    return User.newBuilder().setUserId(id).setVersion(version).build();
  }

  private static List<ServerFrame> frames(ByteString wire) {
    List<ServerFrame> frames = new ArrayList<>();
    int at = 0;
    while (at < wire.size()) {
      int length = wire.substring(at + 1, at + 5).asReadOnlyByteBuffer().getInt();
      try {
        frames.add(ServerFrame.parseFrom(wire.substring(at + 5, at + 5 + length)));
      } catch (InvalidProtocolBufferException e) {
        throw new AssertionError(e);
      }
      at += 5 + length;
    }
    return frames;
  }
}
