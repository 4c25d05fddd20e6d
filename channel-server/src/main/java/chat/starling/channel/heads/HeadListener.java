package chat.starling.channel.heads;

/** Is told of every channel that moves. May be called from any thread and never waits. */
@FunctionalInterface
public interface HeadListener {

  /** Tells nobody. */
  HeadListener NONE = (channelId, seq) -> {};

  /** The channel's last acked seq is at least this. */
  void moved(long channelId, long seq);
}
