package chat.starling.channel.feed;

import chat.starling.api.internal.v1.WorkspaceEvent;

/**
 * An event of a workspace's feed on its way there.
 *
 * @param event without seq and event id
 * @param decidedAt the seq up to which whoever decided it had seen the feed; it can only be the
 *     event after that
 */
public record WorkspaceChange(WorkspaceEvent event, long decidedAt) {}
