package chat.starling.devstack.issuer;

import java.time.Instant;

/**
 * A signed token and what it says.
 *
 * @param token the JWT
 * @param userId its subject, positive
 * @param expiresAt in whole seconds
 */
public record IssuedToken(String token, long userId, Instant expiresAt) {}
