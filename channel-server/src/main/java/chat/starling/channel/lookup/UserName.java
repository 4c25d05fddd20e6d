package chat.starling.channel.lookup;

/**
 * What a user of a workspace is called.
 *
 * @param name not empty
 */
public record UserName(UserKey user, String name) {}
