package chat.starling.channel.directory;

/** A channel, and whether a certain user is a member of it. */
public record Membership(Channel channel, boolean member) {}
