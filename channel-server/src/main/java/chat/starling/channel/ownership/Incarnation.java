package chat.starling.channel.ownership;

/**
 * One life of a server, from its start to its end; a server that starts again is another.
 *
 * @param number rises with every start of the server id, from 1
 */
public record Incarnation(String serverId, long number) {}
