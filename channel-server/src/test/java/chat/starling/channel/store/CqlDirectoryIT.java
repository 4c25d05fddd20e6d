package chat.starling.channel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.starling.channel.directory.Channel;
import chat.starling.channel.directory.ChannelQuery;
import chat.starling.channel.directory.DirectoryContract;
import chat.starling.channel.directory.DirectoryStore;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CqlDirectoryIT extends DirectoryContract {

  @RegisterExtension static final TestTables TABLES = new TestTables("contract");

  private final DirectoryStore store = new CqlDirectory(TABLES.tables());

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
  void channel_whoseMakingStoppedAfterSoManyChanges_isFinishedByTheNextLookup(int changes) {
    long workspace = freshId();
    long creator = freshId();
    TABLES.failChange(changes, false);
    CompletionStage<Channel> stopped = directory().create(workspace, "plans", creator);
    assertThatThrownBy(() -> answer(stopped)).isNotNull();
    Channel channel = answer(directory().create(workspace, "plans", creator));
    assertThat(answer(directory().lookup(workspace, "plans", 0))).isEqualTo(channel);
    for (long member : new long[] {0, creator}) {
      ChannelQuery query = new ChannelQuery(workspace, member, member);
      assertThat(answer(directory().list(query, 10, "")).channels()).containsExactly(channel);
    }
    assertThat(answer(directory().membership(channel.id(), creator)).member()).isTrue();
  }

  @Override
  protected DirectoryStore store() {
    return store;
  }

  @Override
  protected <T> T answer(CompletionStage<T> question) {
    return TestTables.answer(question);
  }

  @Override
  protected void failNextChange(boolean done) {
    TABLES.failChange(0, done);
  }
}
