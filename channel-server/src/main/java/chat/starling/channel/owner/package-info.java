/**
 * The runtime around the feeds: which are active, on which thread each lives, and who carries out
 * what they want. Every feed is confined to one {@link chat.starling.channel.owner.Loop}; nothing
 * here takes a lock.
 *
 * <p>Start with {@link chat.starling.channel.owner.FeedOwner}, then {@link
 * chat.starling.channel.owner.ActiveFeed}.
 */
@NullMarked
package chat.starling.channel.owner;

import org.jspecify.annotations.NullMarked;
