package chat.starling.gateway.runtime;

import chat.starling.gateway.session.SessionTokens;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** All sessions of this gateway: connected ones, and for a while those that lost connection. */
public final class Sessions {

  private final Map<String, LiveSession> byToken = new ConcurrentHashMap<>();
  private final Set<LiveSession> connected = ConcurrentHashMap.newKeySet();
  private final AtomicInteger count = new AtomicInteger();
  private final Cache<String, Dormant> dormant;
  private final SessionTokens tokens = new SessionTokens();
  private final int maxSessions;
  private final CompletableFuture<Void> empty = new CompletableFuture<>();
  private volatile boolean stopping;

  /**
   * @param maxSessions connected at once, and dormant at once
   * @param resumeWindow how long a session without a connection is kept
   */
  public Sessions(int maxSessions, Duration resumeWindow) {
    this.maxSessions = maxSessions;
    this.dormant =
        Caffeine.newBuilder().maximumSize(maxSessions).expireAfterWrite(resumeWindow).build();
  }

  /** Sessions at once. */
  public int maxSessions() {
    return maxSessions;
  }

  /** Sessions that have a connection now. */
  public int connected() {
    return count.get();
  }

  /** Sessions that can be resumed, about. */
  public long dormant() {
    return dormant.estimatedSize();
  }

  /** Bytes that wait for all clients together, nearly. */
  public long pendingBytes() {
    return connected.stream().mapToLong(LiveSession::pendingBytes).sum();
  }

  /** This gateway takes no more sessions. */
  public boolean isStopping() {
    return stopping;
  }

  /** The connected session with this token. */
  public Optional<LiveSession> find(String sessionToken) {
    return Optional.ofNullable(byToken.get(sessionToken));
  }

  /** Ends every session; each tells its client where to go. */
  public void stop() {
    refuseNew();
    each(LiveSession::stop);
  }

  /** From here on no new session is taken. */
  void refuseNew() {
    stopping = true;
    completeWhenEmpty();
  }

  /** All connected sessions; of those that come meanwhile, perhaps. */
  void each(Consumer<LiveSession> action) {
    connected.forEach(action);
  }

  /** Completes when no new session is taken and the last one is gone. */
  CompletableFuture<Void> empty() {
    return empty;
  }

  /** Takes a new connection in; false when there is no room. */
  boolean admit(LiveSession session) {
    if (count.incrementAndGet() > maxSessions) {
      count.decrementAndGet();
      return false;
    }
    connected.add(session);
    return true;
  }

  /** The connection is gone. */
  void release(LiveSession session) {
    if (connected.remove(session)) {
      count.decrementAndGet();
      completeWhenEmpty();
    }
  }

  /** A token for a new session. */
  String newToken() {
    return tokens.next();
  }

  /** The session has its token from now on. */
  void attach(String sessionToken, LiveSession session) {
    byToken.put(sessionToken, session);
  }

  /** The session gives its token up; false when somebody else has taken it over. */
  boolean detach(String sessionToken, LiveSession session) {
    return byToken.remove(sessionToken, session);
  }

  /**
   * Keeps what is left of a session for the resume window, unless somebody has taken it over. It is
   * kept before the token is given up: whoever claims it meanwhile finds the one or the other.
   */
  void park(Dormant left, LiveSession session) {
    park(left);
    if (!detach(left.sessionToken(), session)) {
      dormant.asMap().remove(left.sessionToken(), left);
    }
  }

  /** Keeps what is left of a session for the resume window. */
  void park(Dormant session) {
    dormant.put(session.sessionToken(), session);
  }

  private void completeWhenEmpty() {
    if (stopping && count.get() == 0) {
      empty.complete(null);
    }
  }

  /** Takes an earlier session of this user's over, from its connection if it still has one. */
  CompletableFuture<Optional<Dormant>> claim(String sessionToken, long userId) {
    LiveSession live = byToken.get(sessionToken);
    if (live != null) {
      return live.surrender(userId).thenApply(given -> given.or(() -> wake(sessionToken, userId)));
    }
    return CompletableFuture.completedFuture(wake(sessionToken, userId));
  }

  private Optional<Dormant> wake(String sessionToken, long userId) {
    return Optional.ofNullable(dormant.getIfPresent(sessionToken))
        .filter(session -> session.userId() == userId)
        .filter(session -> dormant.asMap().remove(sessionToken, session));
  }
}
