package chat.starling.channel.owner.heads;

import chat.starling.api.internal.v1.SubscribeResponse;
import chat.starling.api.v1.Reason;

/** One gateway that watches one workspace. Its methods are called by the loop of the heads. */
public interface HeadWatcher {

  /** A part of the snapshot, or what has moved since; the same object may go to every watcher. */
  void heads(SubscribeResponse message);

  /** Nothing comes, or nothing more. */
  void refused(Reason reason);
}
