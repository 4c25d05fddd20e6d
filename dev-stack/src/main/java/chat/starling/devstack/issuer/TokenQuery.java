package chat.starling.devstack.issuer;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client posts to get a token.
 *
 * @param user 1 to 64 characters, not only white space
 * @param ttlSeconds 1 to 2,592,000; 12 hours when absent
 * @param workspaces at most 100 positive ids; workspace 1 when absent
 * @param founder the workspaces that the user may found, at most 100 positive ids; none when absent
 */
record TokenQuery(
    @Nullable String user,
    @JsonProperty("ttl_seconds") @Nullable Long ttlSeconds,
    @Nullable List<Long> workspaces,
    @Nullable List<Long> founder) {

  private static final int USER_LIMIT = 64;
  private static final long TTL_LIMIT = Duration.ofDays(30).toSeconds();
  private static final int WORKSPACES_LIMIT = 100;

  /**
   * The token asked for.
   *
   * @throws Refused naming field, value and expectation
   */
  TokenRequest toRequest() throws Refused {
    TokenRequest request = TokenRequest.of(checkedUser());
    if (ttlSeconds != null) {
      check(
          ttlSeconds >= 1 && ttlSeconds <= TTL_LIMIT, "ttl_seconds", ttlSeconds, "1.." + TTL_LIMIT);
      request = request.withLifetime(Duration.ofSeconds(ttlSeconds));
    }
    if (workspaces != null) {
      request = request.withWorkspaces(checked("workspaces", workspaces));
    }
    return founder == null ? request : request.withFounder(checked("founder", founder));
  }

  private static List<Long> checked(String field, List<Long> ids) throws Refused {
    boolean right =
        ids.size() <= WORKSPACES_LIMIT && ids.stream().allMatch(id -> id != null && id > 0);
    check(right, field, ids, "at most " + WORKSPACES_LIMIT + " positive ids");
    return ids;
  }

  private String checkedUser() throws Refused {
    if (user == null || user.isBlank() || user.length() > USER_LIMIT) {
      throw new Refused("user", String.valueOf(user), "1.." + USER_LIMIT + " characters");
    }
    return user;
  }

  private static void check(boolean right, String field, Object value, String expected)
      throws Refused {
    if (!right) {
      throw new Refused(field, value.toString(), expected);
    }
  }

  /** A field that is wrong. */
  static final class Refused extends Exception {

    private static final long serialVersionUID = 1L;

    private final String told;

    /** Says which, what it was and what was expected. */
    Refused(String field, String value, String expected) {
      told = "%s: %.64s (expected: %s)".formatted(field, value, expected);
    }

    @Override
    public String getMessage() {
      return told;
    }
  }
}
