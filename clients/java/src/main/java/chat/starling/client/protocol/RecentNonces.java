package chat.starling.client.protocol;

import com.google.protobuf.ByteString;
import java.util.LinkedHashSet;
import java.util.Set;

/** A bounded set of nonces that forgets the oldest first. */
final class RecentNonces {
  private final int bound;
  private final Set<ByteString> nonces = new LinkedHashSet<>();

  RecentNonces(int bound) {
    this.bound = bound;
  }

  void add(ByteString nonce) {
    if (nonces.size() == bound) {
      nonces.remove(nonces.iterator().next());
    }
    nonces.add(nonce);
  }

  boolean remove(ByteString nonce) {
    return nonces.remove(nonce);
  }
}
