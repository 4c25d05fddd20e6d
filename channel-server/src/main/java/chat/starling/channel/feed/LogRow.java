package chat.starling.channel.feed;

import com.google.protobuf.ByteString;

/**
 * One row of a feed's log, the truth or not.
 *
 * @param event a serialised starling.v1.Event, or of a workspace's feed WorkspaceEvent
 */
public record LogRow(long seq, long epoch, ByteString event) {}
