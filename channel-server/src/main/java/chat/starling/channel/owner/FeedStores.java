package chat.starling.channel.owner;

import chat.starling.channel.feed.FeedEpochs;
import chat.starling.channel.feed.FeedHeads;
import chat.starling.channel.feed.FeedLog;
import chat.starling.channel.history.HistoryView;

/** All that the feeds of a server need of a store. */
public record FeedStores(FeedLog log, FeedEpochs epochs, FeedHeads heads, HistoryView view) {}
