package chat.starling.gateway.edge;

import com.google.common.hash.Hashing;
import com.google.protobuf.Message;

/** What stands for an object's content. */
public final class Version {

  private Version() {}

  /** A number that two messages share only if they are equal, as good as certainly; 1 or more. */
  public static long of(Message message) {
    long hash = Hashing.murmur3_128().hashBytes(message.toByteArray()).asLong() & Long.MAX_VALUE;
    return hash == 0 ? 1 : hash;
  }
}
