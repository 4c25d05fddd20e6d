package chat.starling.gateway;

import chat.starling.gateway.admission.AdmissionSettings;
import chat.starling.gateway.admission.Departures;
import chat.starling.gateway.delivery.Slowness;
import chat.starling.gateway.frames.DeliverySettings;
import chat.starling.gateway.limits.RateSettings;
import chat.starling.gateway.rpc.PublicSettings;
import chat.starling.gateway.runtime.EdgeSettings;
import chat.starling.gateway.session.Heartbeats;
import chat.starling.gateway.session.SessionLimits;
import chat.starling.gateway.signin.TokenRules;
import chat.starling.gateway.upstream.UpstreamSettings;
import chat.starling.platform.settings.HostPort;
import chat.starling.platform.settings.Setting;
import chat.starling.platform.settings.SettingsException;
import chat.starling.platform.settings.TelemetrySettings;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Everything that can be set on a gateway. */
public record GatewaySettings(
    @Setting(
            value = "production or development; only development takes the development issuer",
            byDefault = "production")
        Environment environment,
    PublicSettings public_,
    Internal internal,
    @Setting(
            value = "host:port of some channel servers; each of them tells of all others",
            byDefault = "127.0.0.1:7420")
        List<HostPort> channelServers,
    UpstreamSettings upstream,
    Auth auth,
    Sessions session,
    Limits limits,
    RateSettings rates,
    AdmissionSettings admission,
    DeliverySettings delivery,
    Cache cache,
    EdgeSettings edge,
    TelemetrySettings telemetry) {

  /** Where a gateway runs. */
  public enum Environment {
    PRODUCTION,
    DEVELOPMENT
  }

  /** Where operators come in: health, reflection, docs. Never to be reached from outside. */
  public record Internal(
      @Setting(value = "address to listen on", byDefault = "127.0.0.1") String host,
      @Setting(
              value = "port to listen on; 0 for any free one",
              byDefault = "7411",
              min = 0,
              max = 65535)
          int port) {}

  /** Whose tokens are taken. */
  public record Auth(
      @Setting("iss of every token") String issuer,
      @Setting(value = "one of aud of every token", byDefault = "starling") String audience,
      @Setting("URL of the issuer's JWKS; https outside development") URI jwksUrl,
      @Setting(
              value = "how far the issuer's clock and ours may differ",
              byDefault = "30s",
              min = 0,
              max = 300_000)
          Duration clockSkew,
      @Setting(
              value = "least time between two JWKS fetches that unknown keys bring about",
              byDefault = "30s",
              min = 1,
              max = 240_000)
          Duration jwksMinInterval) {}

  /** How sessions live. */
  public record Sessions(
      @Setting(
              value = "a client that asks for nothing else sends some frame at least this often",
              byDefault = "30s",
              min = 100,
              max = 600_000)
          Duration heartbeatInterval,
      @Setting(
              value = "the shortest such interval that a client may ask for",
              byDefault = "5s",
              min = 100,
              max = 600_000)
          Duration heartbeatShortest,
      @Setting(
              value =
                  "the longest; with the grace it must be shorter than the edge's idle timeout of"
                      + " streams",
              byDefault = "90s",
              min = 100,
              max = 600_000)
          Duration heartbeatLongest,
      @Setting(
              value = "how much later than that is still alive",
              byDefault = "15s",
              min = 50,
              max = 600_000)
          Duration heartbeatGrace,
      @Setting(
              value = "how long a session without a connection can be resumed by its token",
              byDefault = "30s",
              min = 0,
              max = 600_000)
          Duration resumeWindow,
      @Setting(
              value = "events that a session replays; a power of two",
              byDefault = "256",
              min = 2,
              max = 65_536)
          int replayEvents,
      @Setting(value = "connected sessions at most", byDefault = "100000", min = 1) int maxSessions,
      @Setting(
              value =
                  "when told to stop: how long to serve on while /health says 503, so that the edge"
                      + " finds out",
              byDefault = "3s",
              min = 0,
              max = 600_000)
          Duration drainLead,
      @Setting(
              value = "then: in which time the sessions leave, each at a moment of its own",
              byDefault = "60s",
              min = 0,
              max = 3_600_000)
          Duration drainWindow,
      @Setting(
              value = "how long a session that leaves waits for answers to what it has taken",
              byDefault = "5s",
              min = 0,
              max = 600_000)
          Duration drainGrace) {}

  /** What a client can send, and what is held for it. */
  public record Limits(
      @Setting(
              value = "bytes of a client's frame or request",
              byDefault = "65536",
              min = 1024,
              max = 16_777_216)
          int maxFrameBytes,
      @Setting(value = "channels in focus", byDefault = "200", min = 1, max = 200) int maxFocus,
      @Setting(
              value = "sends and backfills of a session that wait for an answer",
              byDefault = "64",
              min = 1,
              max = 4096)
          int maxInFlight,
      @Setting(
              value = "bytes that wait for a client before it is told what it missed instead",
              byDefault = "1048576",
              min = 65_536,
              max = 1_073_741_824)
          int maxPendingBytes,
      @Setting(
              value = "messages that wait for a client before it is told what it missed instead",
              byDefault = "4096",
              min = 64,
              max = 1_000_000)
          int maxPendingMessages,
      @Setting(
              value = "how long a client may read nothing of what waits for it before it is cut",
              byDefault = "60s",
              min = 100,
              max = 3_600_000)
          Duration stallPatience,
      @Setting(
              value = "how long an append, a read or a look-up may take, with all attempts",
              byDefault = "10s",
              min = 10,
              max = 120_000)
          Duration appendTimeout) {

    Slowness slowness() {
      return new Slowness(maxPendingBytes, maxPendingMessages, stallPatience);
    }
  }

  /** What is remembered of the directory. */
  public record Cache(
      @Setting(
              value =
                  "pairs of a user and a channel of which it is remembered what he may do there,"
                      + " and users",
              byDefault = "200000",
              min = 1)
          int permits,
      @Setting(
              value = "channels of which it is remembered what they make of roles",
              byDefault = "100000",
              min = 1)
          int channels,
      @Setting(
              value = "how long a workspace without sessions that nobody asks for is remembered",
              byDefault = "60s",
              min = 100,
              max = 86_400_000)
          Duration workspaceTime,
      @Setting(
              value =
                  "how long a session goes by its user's channels as they were read; about, so that"
                      + " not all are read at once",
              byDefault = "2m",
              min = 1_000,
              max = 86_400_000)
          Duration userChannelsTime,
      @Setting(
              value = "channels of which it is remembered whether they are small",
              byDefault = "100000",
              min = 1)
          int channelSizes,
      @Setting(
              value =
                  "how long that is remembered: after so long it is noticed that a channel has"
                      + " grown",
              byDefault = "10m",
              min = 1_000,
              max = 86_400_000)
          Duration channelSizeTime) {}

  /** Checks what no single setting can tell; each problem names its setting. */
  public GatewaySettings {
    List<String> problems = new ArrayList<>();
    boolean production = environment == Environment.PRODUCTION;
    if (channelServers.isEmpty()) {
      problems.add("channel-servers: empty (expected: at least one host:port)");
    }
    if (production && auth.issuer().equals(TokenRules.DEVELOPMENT_ISSUER)) {
      problems.add(
          "auth.issuer: "
              + auth.issuer()
              + " (expected: another issuer, or environment=development)");
    }
    String scheme = String.valueOf(auth.jwksUrl().getScheme());
    if (!scheme.equals("https") && (production || !scheme.equals("http"))) {
      problems.add(
          "auth.jwks-url: " + auth.jwksUrl() + " (expected: https, or environment=development)");
    }
    if (session.heartbeatShortest().compareTo(session.heartbeatLongest()) > 0) {
      problems.add(
          "session.heartbeat-shortest: "
              + session.heartbeatShortest().toMillis()
              + "ms (expected: at most session.heartbeat-longest)");
    }
    if (Integer.bitCount(session.replayEvents()) != 1) {
      problems.add(
          "session.replay-events: " + session.replayEvents() + " (expected: a power of two)");
    }
    if (!problems.isEmpty()) {
      throw new SettingsException(problems);
    }
  }

  /** The gateway takes tokens that anybody can make. */
  public boolean development() {
    return environment == Environment.DEVELOPMENT;
  }

  TokenRules tokenRules() {
    return new TokenRules(auth.issuer(), auth.audience(), auth.clockSkew(), development());
  }

  SessionLimits sessionLimits() {
    return new SessionLimits(
        new Heartbeats(
            session.heartbeatInterval(),
            session.heartbeatShortest(),
            session.heartbeatLongest(),
            session.heartbeatGrace()),
        limits.maxFocus(),
        limits.maxInFlight(),
        rates.frame());
  }

  Departures departures() {
    return new Departures(session.drainLead(), session.drainWindow(), session.drainGrace());
  }
}
