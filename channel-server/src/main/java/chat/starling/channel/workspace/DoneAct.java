package chat.starling.channel.workspace;

import chat.starling.api.internal.v1.Act;
import com.google.common.hash.Hashing;

/**
 * What became of an act whose nonce is remembered.
 *
 * @param madeId the id of what it made; 0 when that has none
 * @param fingerprint of the act
 */
public record DoneAct(long seq, long madeId, long fingerprint) {

  /** The same for the same act, and hardly ever for another. */
  public static long fingerprint(Act act) {
    return Hashing.sipHash24().hashBytes(act.toByteArray()).asLong();
  }
}
