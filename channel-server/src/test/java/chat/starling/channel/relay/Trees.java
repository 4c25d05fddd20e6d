package chat.starling.channel.relay;

import chat.starling.api.internal.v1.FeedEvent;
import chat.starling.api.internal.v1.SubscribeResponse;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.ring.Member;
import chat.starling.platform.ring.MemberState;
import chat.starling.platform.ring.RingHolder;
import chat.starling.platform.ring.RingView;
import com.google.protobuf.ByteString;
import java.util.stream.IntStream;

/** What tests of relays have in common: members s0, s1 and so on, and events of one feed. */
final class Trees {

  static final FeedId FEED = FeedId.channel(1);

  private Trees() {}

  static RingHolder ring(int members) {
    RingHolder ring = new RingHolder();
    ring.offer(
        new RingView(
            1,
            IntStream.range(0, members)
                .mapToObj(
                    i -> new Member("s" + i, 1, "127.0.0.1:" + (1 + i), MemberState.ACTIVE, i))
                .toList()));
    return ring;
  }

  static SubscribeResponse event(long seq) {
    FeedEvent event =
        FeedEvent.newBuilder().setSeq(seq).setFrame(ByteString.copyFromUtf8("e" + seq)).build();
    return SubscribeResponse.newBuilder().setEvent(event).build();
  }
}
