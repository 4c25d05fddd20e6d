/**
 * The servers that are measured, and the database's own count of what it was asked. Start with
 * {@link chat.starling.bench.servers.BenchServers}.
 */
@NullMarked
package chat.starling.bench.servers;

import org.jspecify.annotations.NullMarked;
