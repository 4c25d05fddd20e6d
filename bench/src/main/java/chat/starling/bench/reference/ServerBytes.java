package chat.starling.bench.reference;

import chat.starling.api.v1.Focused;
import chat.starling.api.v1.Heartbeat;
import chat.starling.api.v1.Ready;
import chat.starling.api.v1.ServerFrame;
import chat.starling.bench.load.Channels;
import com.google.protobuf.util.Durations;

/** What a reference server says: the frames that a gateway would send. */
final class ServerBytes {

  /** As seldom as a gateway may be told to want heartbeats. */
  private static final long HEARTBEAT_SECONDS = 600;

  private final long channelId;
  private final Channels messages;

  ServerBytes(ReferencePlan plan) {
    channelId = plan.channelId();
    messages = Channels.withTextOf(plan.textBytes());
  }

  ServerFrame ready() {
    return ServerFrame.newBuilder()
        .setReady(
            Ready.newBuilder()
                .setSessionToken("reference")
                .setHeartbeatInterval(Durations.fromSeconds(HEARTBEAT_SECONDS)))
        .build();
  }

  ServerFrame focused(long lastSeq) {
    return ServerFrame.newBuilder()
        .setFocused(
            Focused.newBuilder().setChannelId(channelId).setLastSeq(lastSeq).setFromSeq(lastSeq))
        .build();
  }

  ServerFrame heartbeat() {
    return ServerFrame.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()).build();
  }

  ServerFrame event(long seq, long micros) {
    return ServerFrame.newBuilder().setEvent(messages.eventSentAt(channelId, seq, micros)).build();
  }
}
