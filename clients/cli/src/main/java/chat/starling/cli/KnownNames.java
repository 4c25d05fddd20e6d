package chat.starling.cli;

import chat.starling.api.v1.Author;
import chat.starling.api.v1.User;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the users of one workspace are called there, as far as the server has told of them. */
final class KnownNames {
  private static final int MOST = 10_000;

  private final Map<Long, String> names = new LinkedHashMap<>();

  /** They are called so from now on. */
  synchronized void learn(List<User> users) {
    users.forEach(user -> {
      names.remove(user.getUserId());
      names.put(user.getUserId(), Members.name(user));
    });
    var oldest = names.keySet().iterator();
    while (names.size() > MOST) {
      oldest.next();
      oldest.remove();
    }
  }

  /** The author's name now, or as it was when the message was written. */
  synchronized String of(Author author) {
    String known = names.getOrDefault(author.getUserId(), "");
    return known.isEmpty() ? author.getDisplayName() : known;
  }
}
