package chat.starling.gateway.delivery;

import chat.starling.api.v1.Bump;
import chat.starling.api.v1.Marks;
import chat.starling.api.v1.ServerFrame;

/** The frame that says up to where a channel is whose events do not flow. */
final class MarkFrame {

  private MarkFrame() {}

  static Notice of(long channelId, long seq) {
    Bump mark = Bump.newBuilder().setChannelId(channelId).setLastSeq(seq).build();
    return new Notice(ServerFrame.newBuilder().setMarks(Marks.newBuilder().addMarks(mark)).build());
  }
}
