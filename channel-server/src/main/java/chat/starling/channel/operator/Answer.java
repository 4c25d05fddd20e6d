package chat.starling.channel.operator;

import chat.starling.api.internal.v1.GetStatusResponse;
import chat.starling.platform.ring.RingView;

/** What became of asking one address. */
sealed interface Answer {

  /** The host:port that was asked. */
  String address();

  /**
   * A server told how it is.
   *
   * @param view its newest view of the ring
   */
  record Told(String address, GetStatusResponse status, RingView view) implements Answer {}

  /**
   * Nothing that could be used came.
   *
   * @param why a part of a sentence
   */
  record Silent(String address, String why) implements Answer {}
}
