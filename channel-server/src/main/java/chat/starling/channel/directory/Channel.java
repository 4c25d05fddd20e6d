package chat.starling.channel.directory;

import chat.starling.api.internal.v1.ChannelKind;
import chat.starling.api.internal.v1.ChannelRow;

/** A channel of a workspace. Its id is a Snowflake, which holds the time of its creation. */
public record Channel(long workspaceId, ChannelRow row) {

  /** A public channel as it is at first. */
  public Channel(long id, long workspaceId, String name, long createdBy) {
    this(
        workspaceId,
        ChannelRow.newBuilder().setChannelId(id).setName(name).setCreatedBy(createdBy).build());
  }

  /** Which channel. */
  public long id() {
    return row.getChannelId();
  }

  /** Its name; empty for a direct channel. */
  public String name() {
    return row.getName();
  }

  /** Who made it. */
  public long createdBy() {
    return row.getCreatedBy();
  }

  /** Whether it is there for all of the workspace, as far as their roles let them see it. */
  boolean isOpen() {
    return switch (row.getKind()) {
      case CHANNEL_KIND_UNSPECIFIED, CHANNEL_KIND_ANNOUNCEMENT -> true;
      case CHANNEL_KIND_PRIVATE, CHANNEL_KIND_DIRECT, UNRECOGNIZED -> false;
    };
  }

  /** Whether administrators see it who are not in it. */
  boolean isAdministered() {
    return row.getKind() != ChannelKind.CHANNEL_KIND_DIRECT;
  }
}
