package chat.starling.channel.feed;

import chat.starling.api.v1.Refusal;

/** Takes the one answer to an append. */
public interface AppendReply {

  /** The event and everything before it is durable. */
  void acked(Appended result);

  /** Nothing was done; or, with TIMEOUT, nobody knows whether it was, or will be. */
  void refused(Refusal refusal);

  /**
   * Nothing was done, since the feed holds more than the change was decided on. Comes for changes
   * of workspaces only.
   */
  default void outdated() {
    throw new IllegalStateException("an append that cannot be outdated");
  }
}
