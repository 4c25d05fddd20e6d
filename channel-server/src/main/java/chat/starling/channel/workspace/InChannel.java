package chat.starling.channel.workspace;

/** That a user is a member of a channel. */
record InChannel(long channelId, long userId) {}
