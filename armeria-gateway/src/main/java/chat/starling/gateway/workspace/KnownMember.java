package chat.starling.gateway.workspace;

import java.util.Arrays;

/** A user in a workspace, and the channels here whose viewers he may be one of. */
final class KnownMember {

  private static final KnownChannel[] NOWHERE = {};

  private final Row<MemberFacts> row;
  private KnownChannel[] channels = NOWHERE;

  KnownMember(Row<MemberFacts> row) {
    this.row = row;
  }

  Row<MemberFacts> row() {
    return row;
  }

  /** What he may do in the channel is looked at from now on. */
  synchronized void concerns(KnownChannel channel) {
    if (Arrays.asList(channels).contains(channel)) {
      return;
    }
    channels = Arrays.copyOf(channels, channels.length + 1);
    channels[channels.length - 1] = channel;
  }

  /** Something has changed about him. */
  synchronized void touched(long stamp) {
    for (KnownChannel channel : channels) {
      channel.touched(stamp);
    }
  }
}
