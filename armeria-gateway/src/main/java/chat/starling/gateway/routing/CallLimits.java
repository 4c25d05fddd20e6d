package chat.starling.gateway.routing;

import java.time.Duration;

/**
 * How long a call may take.
 *
 * @param whole from its start to its answer, whatever is tried meanwhile
 * @param attempt one server's time to answer
 */
public record CallLimits(Duration whole, Duration attempt) {}
