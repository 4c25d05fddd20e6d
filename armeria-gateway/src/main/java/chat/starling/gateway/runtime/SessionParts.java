package chat.starling.gateway.runtime;

import chat.starling.gateway.delivery.Slowness;
import chat.starling.gateway.limits.SendRates;
import chat.starling.gateway.session.SessionLimits;
import chat.starling.gateway.signin.SignIn;
import chat.starling.gateway.upstream.ChannelServers;
import chat.starling.otel.Telemetry;
import chat.starling.platform.time.MonotonicClock;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * What every session of this gateway works with.
 *
 * @param rates what users and workspaces may send
 * @param blocking runs what may block, such as a token check that fetches keys
 * @param slowness what is put up with from a client that reads slowly
 * @param replayEvents a power of two
 */
public record SessionParts(
    SessionLimits limits,
    SendRates rates,
    Admissions admissions,
    Slowness slowness,
    int replayEvents,
    SignIn signIn,
    Executor blocking,
    ChannelServers servers,
    Permits permits,
    EdgeCache edge,
    Pages pages,
    Relays relays,
    BumpRelays bumps,
    Sessions sessions,
    Metrics metrics,
    Telemetry telemetry,
    InstantSource wall,
    MonotonicClock clock) {}
