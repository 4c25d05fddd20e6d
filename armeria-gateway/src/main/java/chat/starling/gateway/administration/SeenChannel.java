package chat.starling.gateway.administration;

import chat.starling.gateway.workspace.ChannelFacts;

/**
 * A channel that the caller sees, and what he may do there now.
 *
 * @param mask of permissions
 */
public record SeenChannel(ChannelFacts channel, long mask) {}
