package chat.starling.channel.owner;

import chat.starling.channel.feed.FeedEntry;
import java.util.List;

/**
 * A run of events without gaps, in rising seq.
 *
 * @param lastSeq the last acked seq of the feed when this was read
 */
public record EventRun(List<FeedEntry> entries, long lastSeq) {}
