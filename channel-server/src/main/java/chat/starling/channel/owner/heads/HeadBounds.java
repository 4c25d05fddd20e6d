package chat.starling.channel.owner.heads;

import java.time.Duration;

/**
 * What a server may hold of heads, and how often it tells of them.
 *
 * @param reportInterval how often owners of workspaces are told what has moved
 * @param batchInterval how often gateways are told
 * @param maxWorkspaces workspaces in memory
 * @param maxChannels channels of one workspace in memory
 * @param idle how long a workspace that nobody watches stays in memory after its last report
 * @param memory how long it may take until the store has an acked event's head
 */
public record HeadBounds(
    Duration reportInterval,
    Duration batchInterval,
    int maxWorkspaces,
    int maxChannels,
    Duration idle,
    Duration memory) {}
