/**
 * What all Starling servers share and nothing else: ids, time, refusals, permissions, settings,
 * storage sessions.
 *
 * <p>Start with {@link chat.starling.platform.ids} for the numbers that name things and {@link
 * chat.starling.platform.refusal} for how a server says no.
 */
@NullMarked
package chat.starling.platform;

import org.jspecify.annotations.NullMarked;
