/**
 * The feed: a sequenced, durable log with one writer, as a state machine without threads, drivers
 * or a clock of its own.
 *
 * <p>Start with {@link chat.starling.channel.feed.Feed}; {@link
 * chat.starling.channel.feed.TruthWalk} is the one rule by which every reader tells the truth from
 * what a former owner left behind. The ports {@link chat.starling.channel.feed.FeedLog}, {@link
 * chat.starling.channel.feed.FeedEpochs} and {@link chat.starling.channel.feed.FeedHeads} are what
 * a feed asks of a store.
 */
@NullMarked
package chat.starling.channel.feed;

import org.jspecify.annotations.NullMarked;
