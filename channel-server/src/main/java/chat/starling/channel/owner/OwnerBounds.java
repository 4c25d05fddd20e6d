package chat.starling.channel.owner;

import chat.starling.channel.feed.FeedBounds;
import java.time.Duration;

/**
 * What a server may hold of feeds.
 *
 * @param feed the bounds of each
 * @param maxActive feeds that are active at once on one loop
 * @param maxReplay events that a subscription replays
 * @param idle how long a feed that nobody uses stays active
 * @param historyDelay how long an acked event waits for others on its way to the history view
 * @param flush how often the heads of feeds that moved are written
 * @param trust how those are trusted who go by what workspaces' feeds say
 */
public record OwnerBounds(
    FeedBounds feed,
    int maxActive,
    int maxReplay,
    Duration idle,
    Duration historyDelay,
    Duration flush,
    TrustBounds trust) {}
