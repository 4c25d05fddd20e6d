/**
 * How bytes leave for clients: the frames of HTTP/2 streams. The fast way composes the DATA frames
 * of all streams of a connection into one buffer; the portable way hands the bytes to Armeria.
 */
@NullMarked
package chat.starling.gateway.frames;

import org.jspecify.annotations.NullMarked;
