package chat.starling.channel.history;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** The messages of all channels in partitions of one {@link TimeBucket} each. */
public interface HistoryView {

  /** Notes that the bucket holds messages. Comes before the first of them. */
  CompletionStage<Void> open(long channelId, long bucket);

  /** Writes messages of one bucket; writing them again changes nothing. */
  CompletionStage<Void> write(long channelId, long bucket, List<StoredMessage> messages);

  /**
   * Takes the text of a message of the bucket away. Whatever is written of the message before or
   * after that, in whatever order it arrives, it is read without its text; deleting it again
   * changes nothing.
   *
   * @param tombstone what is left of it
   */
  CompletionStage<Void> delete(
      long channelId, long bucket, StoredMessage tombstone, long deletedBy);

  /** Messages of the bucket with ids {@code from <= id <= last} that are deleted, in any order. */
  CompletionStage<List<Deleted>> deleted(long channelId, long bucket, long from, long last);

  /** Up to {@code limit} buckets that hold messages, this one or earlier, latest first. */
  CompletionStage<List<Long>> bucketsBackward(long channelId, long fromBucket, int limit);

  /** Up to {@code limit} buckets that hold messages, this one or later, earliest first. */
  CompletionStage<List<Long>> bucketsForward(long channelId, long fromBucket, int limit);

  /** Messages of the bucket with ids below this one, newest first. */
  CompletionStage<List<StoredMessage>> below(long channelId, long bucket, long id, int limit);

  /** Messages of the bucket with ids {@code from <= id < end}, oldest first. */
  CompletionStage<List<StoredMessage>> between(
      long channelId, long bucket, long from, long end, int limit);
}
