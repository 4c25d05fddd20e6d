package chat.starling.gateway.workspace;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Which of the channels that he is a member of a user may see. For all threads. */
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

  /** Whether he certainly may see the channel now; false also when that is not known. */
  public boolean sees(long channelId) {
    RulesFacts rules = workspace.rules().now();
    MemberFacts user = member.row().now();
    return workspace.isOpen() && rules != null && user != null && sees(rules, user, channelId);
  }

  /** Those of the channels that he may see, once what that depends on has been read. */
  public CompletableFuture<long[]> among(long[] channelIds) {
    return workspace
        .whenOpen()
        .thenCompose(open -> CompletableFuture.allOf(workspace.rules().get(), member.row().get()))
        .thenCompose(read -> isFree() ? read(channelIds, channelIds.length) : read(channelIds, 0))
        .thenApply(read -> LongStream.of(channelIds).filter(this::sees).toArray());
  }

  /** In a workspace that nobody has founded no channel denies anything. */
  private boolean isFree() {
    RulesFacts rules = workspace.rules().now();
    return rules != null && rules.ownerId() == 0;
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

  private boolean sees(RulesFacts rules, MemberFacts user, long channelId) {
    if (rules.ownerId() == 0) {
      return user.present();
    }
    ChannelFacts channel = channels.apply(channelId).row().now();
    return channel != null && Access.of(rules, channel, user, true).allowsViewing();
  }
}
