package chat.starling.gateway.workspace;

import chat.starling.api.v1.Reason;
import chat.starling.platform.refusal.RefusedException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** What one user sees of one workspace, as long as it is held. For all threads. */
public final class Sight {

  private static final int AT_ONCE = 64;

  private final Replica workspace;
  private final KnownMember member;
  private final LongFunction<KnownChannel> channels;

  Sight(Replica workspace, KnownMember member, LongFunction<KnownChannel> channels) {
    this.workspace = workspace;
    this.member = member;
    this.channels = channels;
  }

  /** Another number after every change that may matter here. */
  public long stamp() {
    return workspace.anyStamp();
  }

  /** What is known may be gone by now. */
  public boolean isOpen() {
    return workspace.isOpen();
  }

  /** What he is in the workspace, true at some moment after this call. */
  public CompletableFuture<Standing> standing() {
    return workspace
        .whenOpen()
        .thenCompose(open -> CompletableFuture.allOf(workspace.rules().get(), member.row().get()))
        .thenCompose(read -> {
          Standing now = now();
          return now == null ? standing() : CompletableFuture.completedFuture(now);
        });
  }

  /**
   * Those of these channels that there are in the workspace, seen or not, in their order and true
   * at some moment after this call.
   */
  public CompletableFuture<List<ChannelFacts>> channels(Collection<Long> ids) {
    return workspace
        .whenOpen()
        .thenCompose(open -> {
          List<CompletableFuture<Optional<ChannelFacts>>> reads =
              ids.stream().map(id -> found(channels.apply(id))).toList();
          return CompletableFuture.allOf(reads.toArray(CompletableFuture<?>[]::new))
              .thenApply(read -> here(reads));
        })
        .thenCompose(
            found -> workspace.isOpen() ? CompletableFuture.completedFuture(found) : channels(ids));
  }

  /** Whether he, if he is a member of the channel, certainly may see it now. */
  public boolean sees(long channelId) {
    Standing now = now();
    return now != null && sees(now, channelId);
  }

  /** Those of the channels, of which he is a member, that he may see once all has been read. */
  public CompletableFuture<long[]> among(long[] channelIds) {
    return standing()
        .thenCompose(now -> read(channelIds, now.seesWhatIsPossible() ? channelIds.length : 0))
        .thenApply(read -> {
          Standing now = now();
          return LongStream.of(channelIds).filter(id -> now != null && sees(now, id)).toArray();
        });
  }

  private @Nullable Standing now() {
    RulesFacts rules = workspace.rules().now();
    MemberFacts user = member.row().now();
    return workspace.isOpen() && rules != null && user != null ? new Standing(rules, user) : null;
  }

  private boolean sees(Standing now, long channelId) {
    if (now.seesWhatIsPossible()) {
      return true;
    }
    ChannelFacts channel = channels.apply(channelId).row().now();
    return channel != null && now.sees(channel, true);
  }

  /** A channel that cannot be read is one that he does not see. */
  private CompletableFuture<@Nullable Void> read(long[] ids, int from) {
    if (from >= ids.length) {
      return CompletableFuture.completedFuture(null);
    }
    int end = Math.min(ids.length, from + AT_ONCE);
    CompletableFuture<?>[] some =
        Arrays.stream(ids, from, end)
            .mapToObj(id -> channels.apply(id).row().get().handle((row, fault) -> row))
            .toArray(CompletableFuture<?>[]::new);
    return CompletableFuture.allOf(some).thenCompose(done -> read(ids, end));
  }

  private static CompletableFuture<Optional<ChannelFacts>> found(KnownChannel channel) {
    return channel
        .row()
        .get()
        .thenApply(Optional::of)
        .exceptionallyCompose(fault ->
            isAbsent(fault)
                ? CompletableFuture.completedFuture(Optional.empty())
                : CompletableFuture.failedFuture(fault));
  }

  private static boolean isAbsent(Throwable fault) {
    Throwable cause = fault instanceof CompletionException ? fault.getCause() : fault;
    return cause instanceof RefusedException refused
        && refused.reason() == Reason.REASON_CHANNEL_NOT_FOUND;
  }

  private List<ChannelFacts> here(List<CompletableFuture<Optional<ChannelFacts>>> reads) {
    return reads.stream()
        .flatMap(read -> read.join().stream())
        .filter(channel -> channel.workspaceId() == workspace.id())
        .toList();
  }
}
