package chat.starling.gateway.session;

import chat.starling.gateway.limits.Rate;

/**
 * What a session may do and hold.
 *
 * @param maxFocus channels in focus
 * @param maxInFlight sends and backfills that wait for an answer; frames are read no further then
 * @param frames how fast a client's frames may come
 */
public record SessionLimits(Heartbeats heartbeats, int maxFocus, int maxInFlight, Rate frames) {}
