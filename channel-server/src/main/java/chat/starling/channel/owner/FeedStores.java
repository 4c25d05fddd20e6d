package chat.starling.channel.owner;

import chat.starling.channel.feed.FeedEpochs;
import chat.starling.channel.feed.FeedHeads;
import chat.starling.channel.feed.FeedLog;
import chat.starling.channel.feed.FeedOutbox;
import chat.starling.channel.feed.OpenMarks;
import chat.starling.channel.history.HistoryView;
import chat.starling.channel.workspace.WorkspaceStore;

/** All that the feeds of a server read and write. */
public record FeedStores(
    FeedLog log,
    FeedEpochs epochs,
    FeedHeads heads,
    OpenMarks marks,
    HistoryView view,
    WorkspaceStore workspaces,
    FeedOutbox outbox) {}
