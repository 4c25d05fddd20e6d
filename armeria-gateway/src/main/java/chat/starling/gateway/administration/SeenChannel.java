package chat.starling.gateway.administration;

import chat.starling.api.internal.v1.ChannelRecord;
import chat.starling.api.internal.v1.GetChannelRulesResponse;

/**
 * A channel that the caller sees, and what he may do there now.
 *
 * @param mask of permissions
 * @param member whether he is a member of it
 */
public record SeenChannel(
    ChannelRecord channel, GetChannelRulesResponse rules, long mask, boolean member) {}
