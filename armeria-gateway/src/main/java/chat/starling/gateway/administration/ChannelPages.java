package chat.starling.gateway.administration;

import chat.starling.api.internal.v1.ChannelRow;
import chat.starling.api.internal.v1.ScanChannelsRequest;
import chat.starling.api.internal.v1.ScanChannelsResponse;
import chat.starling.api.v1.Channel;
import chat.starling.api.v1.ListChannelsResponse;
import chat.starling.gateway.runtime.UserChannels;
import chat.starling.gateway.signin.Identity;
import chat.starling.gateway.upstream.ChannelServers;
import chat.starling.gateway.workspace.ChannelFacts;
import chat.starling.gateway.workspace.Standing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Lists the channels of a workspace that a caller sees. Neither how full a page is nor its token
 * tells of others: pages are full but for the last, and a token names the last channel shown. Who
 * would be shown none of very many gets an empty page, whose token names no channel.
 */
public final class ChannelPages {

  /** Looked at for one page at most, and then to the end of a slice. */
  static final int MOST_LOOKED_AT = 10_000;

  private static final int LEAST_AT_ONCE = 100;
  private static final int MOST_AT_ONCE = 1000;

  private final ChannelServers servers;
  private final Insiders insiders;
  private final Channels channels;
  private final UserChannels memberships;

  /** Pages of the channels that callers see. */
  public ChannelPages(
      ChannelServers servers, Insiders insiders, Channels channels, UserChannels memberships) {
    this.servers = servers;
    this.insiders = insiders;
    this.channels = channels;
    this.memberships = memberships;
  }

  /**
   * A page of all channels that the caller sees but direct ones, in a fixed order. Fails as {@link
   * Insiders#require} and with PAGE_TOKEN.
   */
  public CompletableFuture<ListChannelsResponse> all(
      Identity who, long workspaceId, int size, String token) {
    PageCursor cursor = new PageCursor("ListChannels", workspaceId);
    long from = cursor.read(token);
    return insiders
        .require(who, workspaceId)
        .thenCompose(standing -> new Walk(who, workspaceId, standing, size).from(from))
        .thenApply(page -> page.shown(workspaceId, cursor));
  }

  /** A page of those that he is a member of, direct ones among them; fails likewise. */
  public CompletableFuture<ListChannelsResponse> joined(
      Identity who, long workspaceId, int size, String token) {
    PageCursor cursor = new PageCursor("ListChannels joined", workspaceId);
    long from = cursor.read(token);
    return insiders
        .require(who, workspaceId)
        .thenCompose(standing -> memberships.of(who.userId(), workspaceId))
        .thenCompose(ids -> {
          long[] rest = LongStream.of(ids).filter(id -> id > from).toArray();
          return joined(who, workspaceId, rest, size, new ArrayList<>());
        })
        .thenApply(page -> page.shown(workspaceId, cursor));
  }

  private CompletableFuture<Page> joined(
      Identity who, long workspaceId, long[] rest, int size, List<ChannelRow> found) {
    if (found.size() > size || rest.length == 0) {
      return CompletableFuture.completedFuture(Page.of(found, size, 0));
    }
    int end = Math.min(rest.length, atOnce(size + 1 - found.size()));
    return channels
        .among(who, workspaceId, LongStream.of(rest).limit(end).boxed().toList())
        .thenCompose(seen -> {
          seen.forEach(channel -> found.add(channel.row()));
          return joined(who, workspaceId, Arrays.copyOfRange(rest, end, rest.length), size, found);
        });
  }

  private static int atOnce(int wanted) {
    return Math.clamp(wanted, LEAST_AT_ONCE, MOST_AT_ONCE);
  }

  /**
   * What was found.
   *
   * @param next where to go on; 0 when that was all
   */
  private record Page(List<ChannelRow> rows, long next) {

    /** More than the size shows that there is a next page, which begins behind the last shown. */
    static Page of(List<ChannelRow> found, int size, long next) {
      return found.size() > size
          ? new Page(found.subList(0, size), found.get(size - 1).getChannelId())
          : new Page(found, next);
    }

    ListChannelsResponse shown(long workspaceId, PageCursor cursor) {
      List<Channel> shown = rows.stream().map(row -> Shown.channel(workspaceId, row)).toList();
      return ListChannelsResponse.newBuilder()
          .addAllChannels(shown)
          .setNextPageToken(cursor.write(next))
          .build();
    }
  }

  /** From slice to slice until there are enough. */
  private final class Walk {
    private final Identity who;
    private final long workspaceId;
    private final Standing standing;
    private final int size;
    private final List<ChannelRow> found = new ArrayList<>();
    private @Nullable CompletableFuture<LongPredicate> joined;
    private int lookedAt;

    Walk(Identity who, long workspaceId, Standing standing, int size) {
      this.who = who;
      this.workspaceId = workspaceId;
      this.standing = standing;
      this.size = size;
    }

    CompletableFuture<Page> from(long position) {
      ScanChannelsRequest request =
          ScanChannelsRequest.newBuilder()
              .setWorkspaceId(workspaceId)
              .setFrom(position)
              .setLimit(atOnce(size + 1 - found.size()))
              .build();
      return servers.any().scanChannels(request).thenCompose(this::took);
    }

    private CompletableFuture<Page> took(ScanChannelsResponse scanned) {
      lookedAt += scanned.getChannelsCount();
      return seen(scanned.getChannelsList())
          .thenCompose(seen -> {
            found.addAll(seen);
            long next = scanned.getNext();
            return found.size() > size || next == 0 || isEnough(next)
                ? CompletableFuture.completedFuture(Page.of(found, size, next))
                : from(next);
          });
    }

    /** The start of a slice names no channel. */
    private boolean isEnough(long next) {
      return lookedAt >= MOST_LOOKED_AT && next < 0;
    }

    private CompletableFuture<List<ChannelRow>> seen(List<ChannelRow> rows) {
      if (rows.isEmpty()) {
        return CompletableFuture.completedFuture(rows);
      }
      return whoseAre(rows)
          .thenCompose(isIn -> {
            List<ChannelRow> possible =
                rows.stream()
                    .filter(row -> standing.isPossible(row, isIn.test(row.getChannelId())))
                    .toList();
            return standing.seesWhatIsPossible()
                ? CompletableFuture.completedFuture(possible)
                : unhidden(possible, isIn);
          });
    }

    private CompletableFuture<LongPredicate> whoseAre(List<ChannelRow> rows) {
      if (rows.stream().allMatch(row -> standing.isPossible(row, false))) {
        return CompletableFuture.completedFuture(id -> false);
      }
      CompletableFuture<LongPredicate> mine = joined;
      if (mine == null) {
        mine = channels.joined(who, workspaceId);
        joined = mine;
      }
      return mine;
    }

    /** By the channels themselves, of which a listing shows but a part. */
    private CompletableFuture<List<ChannelRow>> unhidden(
        List<ChannelRow> possible, LongPredicate isIn) {
      List<Long> ids = possible.stream().map(ChannelRow::getChannelId).toList();
      return channels
          .of(who, workspaceId, ids)
          .thenApply(there ->
              there.stream()
                  .filter(channel -> standing.sees(channel, isIn.test(channel.id())))
                  .map(ChannelFacts::row)
                  .toList());
    }
  }
}
