package chat.starling.gateway.session;

import java.time.Duration;

/**
 * What a session may do and hold.
 *
 * @param heartbeatInterval a client sends some frame at least this often
 * @param heartbeatGrace how much later than that is still alive
 * @param maxFocus channels in focus
 * @param maxInFlight sends and backfills that wait for an answer; frames are read no further then
 */
public record SessionLimits(
    Duration heartbeatInterval, Duration heartbeatGrace, int maxFocus, int maxInFlight) {}
