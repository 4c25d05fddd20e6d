/**
 * What the public rpcs on workspaces are made of, without any transport of clients: acts, which the
 * owner of a workspace's feed decides, and reads for those who are in the workspace. Start with
 * {@link chat.starling.gateway.administration.Acts}.
 */
@NullMarked
package chat.starling.gateway.administration;

import org.jspecify.annotations.NullMarked;
