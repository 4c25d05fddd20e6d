/**
 * Workspaces written by the driver, and users who come in: what a connect costs and what of it is
 * read where. Start with {@link chat.starling.bench.boot.Newcomers}.
 */
@NullMarked
package chat.starling.bench.boot;

import org.jspecify.annotations.NullMarked;
