package chat.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.starling.client.StarlingClient;
import chat.starling.client.testing.MemoryServer;
import com.google.protobuf.ByteString;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jline.utils.AttributedString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A conversation against a server in memory, on a screen that only remembers. */
class ChatTest {
  private final MemoryServer server;
  private final Memory screen = new Memory();
  private final Connection connection;
  private final Chat chat;

  ChatTest() throws Exception {
    server = MemoryServer.start();
    ChatView view = new ChatView(screen, new Lines(ZoneId.of("UTC")));
    StarlingClient client =
        StarlingClient.builder()
            .target(server.target())
            .plaintext()
            .tokens(() -> "alice")
            .device("test", "test", "1")
            .bumps(true)
            .listener(view)
            .build();
    connection = new Connection(client, 1);
    client.start();
    view.await();
    chat = new Chat(connection, view, screen, "here:1");
  }

  @AfterEach
  void close() {
    connection.close();
    server.close();
  }

  @Test
  void enter_firstPersonEver_makesTheChannel() throws Exception {
    chat.enter("general");
    assertThat(screen.lines).containsExactly("  ·   #general");
    assertThat(server.channels().log(1)).isEmpty();
  }

  @Test
  void enter_channelWithAPast_showsItOnceAndThenWhatComes() throws Exception {
    long general = server.channels().create("general");
    server.channels().post(general, "bob", "before", ByteString.EMPTY, "");
    chat.enter("general");
    server.channels().post(general, "bob", "after", ByteString.EMPTY, "");
    await().until(() -> screen.lines.size() == 3);
    assertThat(screen.lines).element(1).asString().endsWith("bob: before");
    assertThat(screen.lines).element(2).asString().endsWith("bob: after");
  }

  @Test
  void message_deletedWhileItIsShown_losesItsTextInItsPlace() throws Exception {
    long general = server.channels().create("general");
    var rude = server.channels().post(general, "bob", "rude", ByteString.EMPTY, "");
    chat.enter("general");
    server.channels().post(general, "bob", "sorry", ByteString.EMPTY, "");
    server.channels().delete(rude.getMessagePosted(), 99);
    await().until(() -> screen.lines.get(1).endsWith("bob: (deleted by a moderator)"));
    assertThat(screen.lines).noneMatch(line -> line.contains("rude"));
    assertThat(screen.lines).last().asString().endsWith("bob: sorry");
    chat.handle("/history 2");
    assertThat(screen.lines).element(4).asString().endsWith("bob: (deleted by a moderator)");
  }

  @Test
  void line_typed_isPendingUntilItsMessageTakesItsPlace() throws Exception {
    chat.enter("general");
    chat.handle("hello");
    await().until(() -> screen.lines.stream().anyMatch(line -> line.endsWith("alice: hello")));
    assertThat(screen.pendings).contains(List.of("  …   hello"));
    await().until(() -> screen.pendings.getLast().isEmpty());
    assertThat(screen.lines.stream().filter(line -> line.contains("hello"))).hasSize(1);
    assertThat(chat.settle()).isTrue();
  }

  @Test
  void join_missingChannel_asksFirst() throws Exception {
    chat.enter("general");
    chat.handle("/join birds");
    assertThat(screen.questions).containsExactly("There is no #birds. Create it?");
    assertThat(screen.lines).last().asString().contains("/create birds");
    screen.agrees = true;
    chat.handle("/join birds");
    assertThat(screen.lines).last().asString().isEqualTo("  ·   #birds");
    await().until(() -> chat.channelNames().equals(List.of("general", "birds")));
  }

  @Test
  void refusal_isShownAndTheChatGoesOn() throws Exception {
    chat.enter("general");
    assertThat(chat.handle("/create general")).isTrue();
    assertThat(screen.lines).last().asString().contains("NAME_TAKEN");
  }

  @Test
  void who_tellsNameChannelServerAndState() throws Exception {
    chat.enter("general");
    chat.handle("/who");
    assertThat(screen.lines).last().asString().contains("alice", "#general", "here:1", "ready");
  }

  @Test
  void connection_lostAndBack_isSaidQuietly() throws Exception {
    chat.enter("general");
    connection.client().disconnect();
    await().until(() -> screen.lines.contains("  ·   connected again"));
    assertThat(screen.lines)
        .containsSubsequence("  ·   connection lost, trying again", "  ·   connected again");
  }

  @Test
  void channelOutOfView_somethingNew_isSaidOnceAndCountedUntilItIsLookedAt() throws Exception {
    long birds = server.channels().create("birds");
    chat.enter("general");
    await().until(() -> chat.channelNames().contains("birds"));
    server.channels().post(birds, "bob", "one", ByteString.EMPTY, "");
    server.channels().post(birds, "bob", "two", ByteString.EMPTY, "");
    await().until(() -> screen.lines.contains("  ·   new in #birds"));
    await().until(() -> listed().contains("#birds (2 new)"));
    assertThat(listed()).doesNotContain("#general (");
    chat.handle("/join birds");
    assertThat(listed()).doesNotContain("new");
    assertThat(screen.lines.stream().filter(line -> line.contains("new in #birds"))).hasSize(1);
  }

  private String listed() throws InterruptedException {
    chat.handle("/channels");
    return screen.lines.getLast();
  }

  @Test
  void quit_ends() throws Exception {
    assertThat(chat.handle("/quit")).isFalse();
  }

  /** Remembers what it was told to show. */
  private static final class Memory implements Screen {
    final List<String> lines = new CopyOnWriteArrayList<>();
    final List<Long> keys = new CopyOnWriteArrayList<>();
    final List<List<String>> pendings = new CopyOnWriteArrayList<>();
    final List<String> questions = new CopyOnWriteArrayList<>();
    volatile boolean agrees;

    @Override
    public void print(AttributedString line) {
      keys.add(Transcript.NO_KEY);
      lines.add(line.toString());
    }

    @Override
    public void print(long key, AttributedString line) {
      keys.add(key);
      lines.add(line.toString());
    }

    @Override
    public void replace(long key, AttributedString line) {
      lines.set(keys.indexOf(key), line.toString());
    }

    @Override
    public void prompt(List<AttributedString> pending, String channel, boolean connected) {
      pendings.add(pending.stream().map(AttributedString::toString).toList());
    }

    @Override
    public @Nullable String readLine() {
      return null;
    }

    @Override
    public boolean confirm(String question) {
      questions.add(question);
      return agrees;
    }

    @Override
    public void close() {}
  }
}
