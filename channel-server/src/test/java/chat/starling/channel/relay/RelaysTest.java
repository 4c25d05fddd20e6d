package chat.starling.channel.relay;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.internal.v1.FeedEvent;
import chat.starling.api.internal.v1.SubscribeResponse;
import chat.starling.api.v1.Event;
import chat.starling.api.v1.Message;
import chat.starling.api.v1.MessageDeleted;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.ServerFrame;
import chat.starling.platform.ids.FeedId;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RelaysTest {

  private static final Stage BELOW_OWNER = new Stage(5, List.of("s1"));
  private static final String NOT_OWNER = Reason.REASON_NOT_OWNER.name();

  private final Above above = new Above();
  private final RelayRules rules = new RelayRules("s0", Trees.ring(4), 2);
  private final Relays relays = new Relays(rules, new RelayBounds(2, 3, 1_000), above);

  @Test
  void subscribe_first_asksAboveForALittleMoreAndPassesOnWhatComes() {
    Subscriber first = subscribe(100);
    assertThat(above.asked).containsExactly("add s1 after 36 below ");
    assertThat(first.told).isEmpty();
    relays.added("s1", Trees.FEED, 98);
    events(99, 102);
    assertThat(first.told).containsExactly("from 100 of 100", "101", "102");
  }

  @Test
  void subscribe_others_getWhatIsHeldOrAreToldThatItBeginsLater() {
    standing(0, 5);
    assertThat(subscribe(3).told).containsExactly("from 3 of 5", "4", "5");
    assertThat(above.asked).hasSize(1);
  }

  @Test
  void subscribe_furtherBackThanIsHeld_beginsAtTheHead() {
    standing(0, 5);
    assertThat(subscribe(1).told).containsExactly("from 5 of 5");
  }

  @Test
  void subscribe_aheadOfTheRelay_getsNothingTwice() {
    standing(0, 5);
    Subscriber ahead = subscribe(7);
    events(6, 8);
    assertThat(ahead.told).containsExactly("from 7 of 7", "8");
    events(9, 9);
    assertThat(ahead.told).endsWith("9");
  }

  @Test
  void subscribe_moreThanTheDegree_refersFurtherDown() {
    standing(0, 1);
    subscribe(1);
    assertThat(subscribe(1).told.getFirst()).endsWith("below s1/s0");
  }

  @Test
  void subscribe_fromWhoIsAbove_isRefused() {
    standing(0, 1);
    Subscriber parent = Subscriber.relay("s1");
    relays.subscribe(Trees.FEED, BELOW_OWNER, OptionalLong.empty(), parent);
    assertThat(parent.told).containsExactly(NOT_OWNER);
  }

  @Test
  void subscribe_belowItself_isRefused() {
    Subscriber lost = Subscriber.gateway();
    relays.subscribe(Trees.FEED, new Stage(5, List.of("s1", "s0")), OptionalLong.empty(), lost);
    assertThat(lost.told).containsExactly(NOT_OWNER);
    assertThat(relays.size()).isZero();
  }

  @Test
  void subscribe_serverAboveCannotBeCalled_isRefused() {
    above.reachable = false;
    assertThat(subscribe(1).told).containsExactly(NOT_OWNER);
    assertThat(relays.size()).isZero();
  }

  @Test
  void subscribe_moreFeedsThanThereIsRoomFor_isRefused() {
    Subscriber last = Subscriber.gateway();
    for (long id = 1; id <= 3; id++) {
      relays.subscribe(FeedId.channel(id), BELOW_OWNER, OptionalLong.empty(), last);
    }
    assertThat(last.told).containsExactly(NOT_OWNER);
    assertThat(relays.size()).isEqualTo(2);
  }

  @Test
  void subscribe_underALaterOwner_endsWhatCameFromTheEarlierOne() {
    Subscriber old = standing(0, 2);
    Subscriber next = Subscriber.gateway();
    relays.subscribe(Trees.FEED, new Stage(6, List.of("s2")), OptionalLong.of(2), next);
    assertThat(old.told).endsWith(NOT_OWNER);
    assertThat(above.asked).endsWith("remove s1", "add s2 after 0 below ");
    events(3, 3);
    relays.added("s2", Trees.FEED, 2);
    assertThat(next.told).containsExactly("from 2 of 2");
  }

  @Test
  void subscribe_underAnEarlierOwner_comesFromTheLaterOne() {
    standing(0, 2);
    Subscriber late = Subscriber.gateway();
    relays.subscribe(Trees.FEED, new Stage(4, List.of("s3")), OptionalLong.of(2), late);
    assertThat(late.told).containsExactly("from 2 of 2");
    assertThat(above.asked).hasSize(1);
  }

  @Test
  void event_thatDeletes_takesTheTextFromWhoComesLater() throws InvalidProtocolBufferException {
    standing(0, 1);
    Message secret = Message.newBuilder().setMessageId(2).setText("secret").build();
    MessageDeleted deletion = MessageDeleted.newBuilder().setDeletedBy(9).build();
    event(2, Event.newBuilder().setMessagePosted(secret), 0);
    event(3, Event.newBuilder().setMessageDeleted(deletion), 2);
    Subscriber late = subscribe(1);
    assertThat(late.told).containsExactly("from 1 of 3", "2", "3");
    Event left = ServerFrame.parseFrom(late.events.getFirst().getEvent().getFrame()).getEvent();
    assertThat(left.getMessagePosted())
        .isEqualTo(Message.newBuilder().setMessageId(2).setDeletedBy(9).build());
  }

  private void event(long seq, Event.Builder event, long deletes) {
    ByteString frame = ServerFrame.newBuilder().setEvent(event).build().toByteString();
    FeedEvent.Builder out =
        FeedEvent.newBuilder().setSeq(seq).setFrame(frame).setDeletesSeq(deletes);
    relays.event("s1", Trees.FEED, SubscribeResponse.newBuilder().setEvent(out).build());
  }

  @Test
  void event_missing_endsTheRelay() {
    Subscriber subscriber = standing(0, 2);
    events(4, 4);
    assertThat(subscriber.told).endsWith("2", NOT_OWNER);
    assertThat(above.asked).endsWith("remove s1");
    assertThat(relays.size()).isZero();
  }

  @Test
  void refused_serverAboveDoesNotOwnIt_everybodyIsToAskTheOwner() {
    Subscriber subscriber = standing(0, 2);
    relays.refused("s1", Trees.FEED, Reason.REASON_UNAVAILABLE);
    assertThat(subscriber.told).endsWith(NOT_OWNER);
  }

  @Test
  void down_onlyWhatCameFromThereEnds() {
    Subscriber subscriber = standing(0, 2);
    relays.down("s2");
    events(3, 3);
    assertThat(subscriber.told).endsWith("3");
    relays.down("s1");
    assertThat(subscriber.told).endsWith(NOT_OWNER);
    assertThat(relays.size()).isZero();
  }

  @Test
  void tick_nobodyIsHereForAWhile_unsubscribes() {
    Subscriber subscriber = standing(0, 2);
    relays.tick();
    relays.tick();
    relays.unsubscribe(Trees.FEED, subscriber);
    relays.tick();
    assertThat(relays.size()).isOne();
    relays.tick();
    assertThat(relays.size()).isZero();
    assertThat(above.asked).endsWith("remove s1");
  }

  @Test
  void added_forAFeedThatIsNotPassedOn_isGivenBack() {
    relays.added("s1", Trees.FEED, 3);
    assertThat(above.asked).containsExactly("remove s1");
  }

  private Subscriber standing(long from, long last) {
    Subscriber first = subscribe(from);
    relays.added("s1", Trees.FEED, from);
    events(from + 1, last);
    return first;
  }

  private Subscriber subscribe(long after) {
    Subscriber subscriber = Subscriber.gateway();
    relays.subscribe(Trees.FEED, BELOW_OWNER, OptionalLong.of(after), subscriber);
    return subscriber;
  }

  private void events(long first, long last) {
    for (long seq = first; seq <= last; seq++) {
      relays.event("s1", Trees.FEED, Trees.event(seq));
    }
  }

  /** Writes down what the servers above are asked for. */
  private static final class Above implements Relays.Upstream {

    final List<String> asked = new ArrayList<>();
    boolean reachable = true;

    @Override
    public boolean add(String serverId, FeedId feed, OptionalLong afterSeq, Stage stage) {
      if (reachable) {
        asked.add(
            "add %s after %d below %s"
                .formatted(serverId, afterSeq.orElse(-1), String.join("/", stage.path())));
      }
      return reachable;
    }

    @Override
    public void remove(String serverId, FeedId feed) {
      asked.add("remove " + serverId);
    }
  }
}
