package chat.starling.channel.owner;

import java.time.Duration;

/**
 * How those are trusted who go by what a workspace's feed says.
 *
 * @param trust for how long after they were heard of
 * @param patience how long they have to say that they go by an event, before they are not trusted
 *     anew
 */
public record TrustBounds(Duration trust, Duration patience) {}
