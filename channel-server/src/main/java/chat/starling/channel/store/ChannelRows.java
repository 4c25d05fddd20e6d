package chat.starling.channel.store;

import chat.starling.api.internal.v1.ChannelKind;
import chat.starling.api.internal.v1.ChannelRow;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.List;
import java.util.Objects;

/** What a channel is, in the columns of the tables that hold it. */
final class ChannelRows {

  /** What a workspace's list shows of a channel. */
  static final String LISTED =
      "channel_id, workspace_id, kind, archived, name, topic, slow_mode_seconds, created_by";

  /** All of it. */
  static final String WHOLE = LISTED + ", direct_user_ids";

  private ChannelRows() {}

  /** Reads {@link #WHOLE}. */
  static ChannelRow whole(Row row) {
    return listed(row).toBuilder()
        .addAllDirectUserIds(
            Objects.requireNonNullElse(row.getList("direct_user_ids", Long.class), List.of()))
        .build();
  }

  /** Reads {@link #LISTED}. */
  static ChannelRow listed(Row row) {
    return ChannelRow.newBuilder()
        .setChannelId(row.getLong("channel_id"))
        .setKindValue(row.getByte("kind"))
        .setArchived(row.getBoolean("archived"))
        .setName(text(row, "name"))
        .setTopic(text(row, "topic"))
        .setSlowModeSeconds(row.getInt("slow_mode_seconds"))
        .setCreatedBy(row.getLong("created_by"))
        .build();
  }

  /** The kind in its column. */
  static byte kind(ChannelKind kind) {
    return (byte) kind.getNumber();
  }

  private static String text(Row row, String column) {
    return Objects.requireNonNullElse(row.getString(column), "");
  }
}
