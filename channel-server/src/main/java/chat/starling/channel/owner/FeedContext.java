package chat.starling.channel.owner;

import chat.starling.platform.ids.SnowflakeMint;
import java.time.InstantSource;

/** What all feeds of a server have in common. */
public record FeedContext(
    Ownership ownership,
    FeedStores stores,
    OwnerBounds bounds,
    SnowflakeMint mint,
    InstantSource clock,
    AppendTrace trace,
    FeedMetrics metrics) {}
