/**
 * Who may do what in a workspace and its channels, as every server decides it: masks of {@link
 * chat.starling.platform.permission.Permission}s, how they are computed, and who may change them.
 * Pure. docs/permissions.md explains it with an example.
 */
@NullMarked
package chat.starling.platform.permission;

import org.jspecify.annotations.NullMarked;
