/**
 * How calls come in. {@link chat.starling.gateway.rpc.ConnectService} and {@link
 * chat.starling.gateway.rpc.ListenService} carry sessions, the classes named Rpc answer unary
 * calls, {@link chat.starling.gateway.rpc.Ports} says what is served where.
 */
@NullMarked
package chat.starling.gateway.rpc;

import org.jspecify.annotations.NullMarked;
