package chat.starling.bench.drain;

/**
 * All clients see the channel.
 *
 * @param streams how many
 * @param lastSeq the seq after which their events begin
 */
public record Opened(int streams, long lastSeq) {}
