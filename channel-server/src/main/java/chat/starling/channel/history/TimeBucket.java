package chat.starling.channel.history;

import chat.starling.platform.ids.Snowflake;
import java.time.Duration;

/** The static windows of time by which the history view is partitioned: one day each. */
public final class TimeBucket {

  private static final long WIDTH_MILLIS = Duration.ofDays(1).toMillis();

  private TimeBucket() {}

  /** The window of a message id; 0 and up, rising with time. */
  public static long of(long messageId) {
    return (Snowflake.epochMillis(messageId) - Snowflake.EPOCH_MILLIS) / WIDTH_MILLIS;
  }
}
