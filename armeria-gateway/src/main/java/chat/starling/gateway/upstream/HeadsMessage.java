package chat.starling.gateway.upstream;

import chat.starling.api.internal.v1.ChannelHead;
import chat.starling.api.internal.v1.WorkspaceHeads;

/**
 * Heads as they came, in arrays.
 *
 * @param seqs one for each channel
 * @param more the snapshot goes on
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once and never compared
record HeadsMessage(long workspaceId, long[] channelIds, long[] seqs, boolean more) {

  static HeadsMessage of(WorkspaceHeads heads) {
    return new HeadsMessage(
        heads.getWorkspaceId(),
        heads.getHeadsList().stream().mapToLong(ChannelHead::getChannelId).toArray(),
        heads.getHeadsList().stream().mapToLong(ChannelHead::getSeq).toArray(),
        heads.getMore());
  }
}
