/** A channel server, an issuer and phones that tests of the whole gateway talk to. */
@NullMarked
package chat.starling.gateway.harness;

import org.jspecify.annotations.NullMarked;
