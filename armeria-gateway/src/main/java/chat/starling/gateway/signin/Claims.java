package chat.starling.gateway.signin;

import chat.starling.api.v1.Reason;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.refusal.RefusedException;
import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a verified token's claims say. */
final class Claims {

  private static final int MAX_NAME = 80;
  private static final int MAX_WORKSPACES = 1000;
  private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,18}");

  private Claims() {}

  static Identity identity(JWTClaimsSet claims, Duration clockSkew) {
    Date expires = claims.getExpirationTime();
    if (expires == null) {
      throw invalid("claim exp");
    }
    return new Identity(
        id(claims.getSubject(), "claim sub: a positive 64-bit decimal number"),
        name(claims.getClaim("name")),
        workspaces("workspaces", claims.getClaim("workspaces")),
        claims.getClaim("founder") == null
            ? List.of()
            : workspaces("founder", claims.getClaim("founder")),
        expires.toInstant().plus(clockSkew));
  }

  private static String name(@Nullable Object claim) {
    if (claim instanceof String name
        && !name.isBlank()
        && name.codePointCount(0, name.length()) <= MAX_NAME
        && name.codePoints().noneMatch(Character::isISOControl)) {
      return name;
    }
    throw invalid("claim name: 1.." + MAX_NAME + " characters, none a control character");
  }

  private static List<Long> workspaces(String name, @Nullable Object claim) {
    String expected = "claim " + name + ": a list of at most " + MAX_WORKSPACES + " positive ids";
    if (claim instanceof List<?> list && list.size() <= MAX_WORKSPACES) {
      return list.stream().map(id -> id(String.valueOf(id), expected)).distinct().toList();
    }
    throw invalid(expected);
  }

  private static long id(@Nullable String text, String expected) {
    if (text != null && ID.matcher(text).matches()) {
      try {
        return Long.parseLong(text);
      } catch (NumberFormatException e) {
        // beyond 64 bits, refused below
      }
    }
    throw invalid(expected);
  }

  static RefusedException invalid(String expected) {
    return Refuse.because(Reason.REASON_TOKEN_INVALID)
        .field("token")
        .expected(expected)
        .message("the token is not right (expected: " + expected + ")")
        .toException();
  }
}
