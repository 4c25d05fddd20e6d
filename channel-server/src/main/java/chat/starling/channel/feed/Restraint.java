package chat.starling.channel.feed;

import chat.starling.api.v1.Mentions;

/**
 * What a message mentions, and what it has to wait for.
 *
 * @param slowModeSeconds after the author's last message in the channel; 0 for nothing
 * @param mentionSeconds after the last message that mentioned everyone, if this one does
 */
public record Restraint(int slowModeSeconds, Mentions mentions, int mentionSeconds) {

  /** A message that mentions nobody and waits for nothing. */
  public static final Restraint NONE = new Restraint(0, Mentions.getDefaultInstance(), 0);
}
