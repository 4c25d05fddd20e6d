/**
 * The command line: a chat in the terminal, and one-shot commands for scripts.
 *
 * <p>Start reading at {@link chat.starling.cli.Main}. Each command is a class of its own; {@link
 * chat.starling.cli.Connection} is what they share, and {@link chat.starling.cli.Chat} is the
 * terminal chat apart from its screen.
 */
@NullMarked
package chat.starling.cli;

import org.jspecify.annotations.NullMarked;
