package chat.starling.channel.lookup;

/**
 * What is listed under a name, and perhaps has another one by now.
 *
 * @param name folded, see {@link Folding}
 * @param id a user's or a channel's
 */
public record NameEntry(String name, long id) {}
