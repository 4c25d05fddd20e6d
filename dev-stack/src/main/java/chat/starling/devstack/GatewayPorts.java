package chat.starling.devstack;

import chat.starling.devstack.process.Port;

/**
 * Where one gateway listens.
 *
 * @param sessions its public side, clear HTTP/2, for Envoy
 * @param internal health, documentation and reflection
 */
public record GatewayPorts(Port sessions, Port internal) {}
