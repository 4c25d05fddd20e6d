/**
 * What the gateway's permissions cost by themselves, in this process: a workspace with as many
 * roles and overrides as may be, and the gateway's own classes on top of it. Start with {@link
 * chat.starling.bench.permission.RuledWorkspace}.
 */
@NullMarked
package chat.starling.bench.permission;

import org.jspecify.annotations.NullMarked;
