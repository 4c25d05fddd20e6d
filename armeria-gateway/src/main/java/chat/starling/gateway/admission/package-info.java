/**
 * Who comes in when, and who leaves when. {@link chat.starling.gateway.admission.WaitingRoom} keeps
 * a flood of clients from those who are in already; {@link
 * chat.starling.gateway.admission.Departures} spreads those who must go. Pure: time and chance are
 * handed in.
 */
@NullMarked
package chat.starling.gateway.admission;

import org.jspecify.annotations.NullMarked;
