package chat.starling.channel.report;

import chat.starling.api.internal.v1.ReportRow;
import chat.starling.channel.history.TimeBucket;
import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Reports of messages, each for a time. What became of them follows the workspace's feed. */
public interface ReportStore {

  /** How long a report is kept after somebody was last added to it. */
  Duration KEPT = Duration.ofDays(90);

  /** The id of the report on the message: this one, unless there is another already. */
  CompletionStage<Long> claim(long channelId, long messageId, long reportId);

  /** The report. */
  CompletionStage<Optional<ReportRow>> report(long workspaceId, long reportId);

  /** Adds one who reports to the report, which begins with the first of them. */
  CompletionStage<Void> add(
      long workspaceId, long reportId, ByteString message, ReportRow.Reporter reporter);

  /** Windows of {@link TimeBucket} that have reports: this one and earlier. */
  CompletionStage<List<Long>> buckets(long workspaceId, long from, int limit);

  /** Reports of one window with smaller ids than this one, newest first. */
  CompletionStage<List<ReportRow>> reports(long workspaceId, long bucket, long before, int limit);
}
