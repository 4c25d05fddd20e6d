package chat.starling.channel.owner;

import chat.starling.channel.heads.HeadListener;
import chat.starling.channel.relay.RelayRules;
import chat.starling.platform.ids.SnowflakeMint;
import chat.starling.platform.time.MonotonicClock;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/**
 * What all feeds of a server have in common.
 *
 * @param leaseValid whether the server may act as an owner at this moment
 * @param owners knows who owns what this server does not
 * @param ticks measures how long something takes
 * @param heads is told of every channel that moves
 * @param relays how feeds with many subscribers come by trees
 */
public record FeedContext(
    BooleanSupplier leaseValid,
    OwnerHints owners,
    FeedStores stores,
    OwnerBounds bounds,
    SnowflakeMint mint,
    MarkStamps stamps,
    InstantSource clock,
    MonotonicClock ticks,
    AppendTrace trace,
    FeedMetrics metrics,
    HeadListener heads,
    RelayRules relays) {}
