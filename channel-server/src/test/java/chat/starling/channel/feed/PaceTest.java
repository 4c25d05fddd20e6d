package chat.starling.channel.feed;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.v1.Author;
import chat.starling.api.v1.Mentions;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.ids.Snowflake;
import com.google.protobuf.ByteString;
import org.junit.jupiter.api.Test;

class PaceTest {

  private static final long NOW = 1_800_000_000_000L;
  private static final Mentions EVERYONE = Mentions.newBuilder().setEveryone(true).build();

  private final HotTail tail = new HotTail(10, 1_000_000);
  private final Pace pace = new Pace(tail);

  @Test
  void slowMode_holdsEachAuthorForItsLength() {
    write(slow(1, 10), NOW);
    assertThat(pace.slow(slow(1, 10), NOW + 9_999)).hasMillis(1);
    assertThat(pace.slow(slow(2, 10), NOW)).isZero();
    assertThat(pace.slow(slow(1, 10), NOW + 10_000)).isZero();
  }

  @Test
  void slowMode_isNothingToWhoNeedNotWait() {
    write(slow(1, 10), NOW);
    assertThat(pace.slow(slow(1, 0), NOW)).isZero();
  }

  @Test
  void slowMode_switchedOn_countsWhatTheTailHolds() {
    post(1, Mentions.getDefaultInstance(), NOW);
    assertThat(pace.slow(slow(1, 10), NOW + 4_000)).hasSeconds(6);
  }

  @Test
  void slowMode_switchedOnAfterMentions_countsWhatCameAfterThem() {
    write(mention(1, EVERYONE), NOW);
    post(2, Mentions.getDefaultInstance(), NOW + 1_000);
    assertThat(pace.slow(slow(2, 10), NOW + 4_000)).hasSeconds(7);
    write(slow(3, 0), NOW + 5_000);
    assertThat(pace.slow(slow(3, 10), NOW + 6_000)).hasSeconds(9);
  }

  @Test
  void mentionOfEveryone_isHeldForAllAuthors() {
    Append mention = mention(1, EVERYONE);
    assertThat(pace.mention(mention, NOW)).isNegative();
    pace.given(mention, NOW);
    assertThat(pace.mention(mention(2, EVERYONE), NOW + 59_000)).hasSeconds(1);
    assertThat(pace.mention(mention(2, Mentions.getDefaultInstance()), NOW)).isZero();
    assertThat(pace.mention(mention(2, EVERYONE), NOW + 60_000)).isZero();
  }

  @Test
  void mentionOfEveryone_underAFormerOwner_isKnownFromTheTail() {
    post(1, EVERYONE, NOW);
    Append next = mention(2, EVERYONE);
    assertThat(pace.slow(next, NOW + 10_000)).isZero();
    assertThat(pace.mention(next, NOW + 10_000)).hasSeconds(50);
  }

  private void write(Append append, long millis) {
    var _ = pace.slow(append, millis);
    var _ = pace.mention(append, millis);
    pace.given(append, millis);
  }

  private void post(long author, Mentions mentions, long millis) {
    long seq = tail.next();
    tail.add(
        FeedEntry.post(FeedId.channel(1), seq, Snowflake.first(millis), mention(author, mentions)));
  }

  private static Append slow(long author, int seconds) {
    return append(author, new Restraint(seconds, Mentions.getDefaultInstance(), 0));
  }

  private static Append mention(long author, Mentions mentions) {
    return append(author, new Restraint(0, mentions, 60));
  }

  private static Append append(long author, Restraint restraint) {
    return new Append(
        Author.newBuilder().setUserId(author).build(),
        ByteString.copyFrom(new byte[16]),
        "text",
        false,
        "",
        restraint,
        PendingAppends.NOBODY);
  }
}
