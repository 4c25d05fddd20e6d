package chat.starling.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.starling.api.v1.ChannelServiceGrpc;
import chat.starling.api.v1.CreateChannelRequest;
import chat.starling.api.v1.EnterWorkspaceRequest;
import chat.starling.api.v1.FoundWorkspaceRequest;
import chat.starling.api.v1.JoinChannelRequest;
import chat.starling.api.v1.ListMessagesResponse;
import chat.starling.api.v1.Message;
import chat.starling.api.v1.User;
import chat.starling.api.v1.Users;
import chat.starling.api.v1.WorkspaceServiceGrpc;
import chat.starling.client.ClientListener;
import chat.starling.client.StarlingClient;
import chat.starling.devstack.issuer.TokenIssuer;
import io.grpc.Channel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/** Whoever asks for it is told who writes, through the whole system. */
class RidingIT {

  private static final RunningStack STACK = RunningStack.shared();
  private static final long AUTHOR = TokenIssuer.userId("riding-author");

  private final long workspace = ThreadLocalRandom.current().nextLong(1L << 40, 1L << 50);
  private final String author = STACK.tokens().founder("riding-author", workspace);
  private final String reader = STACK.tokens().of("riding-reader", workspace);
  private final String other = STACK.tokens().of("riding-other", workspace);

  @Test
  void author_newOrChanged_isToldOnceBesideTheMessages() {
    long channel = channel();
    Screen asking = new Screen();
    Screen silent = new Screen();
    try (StarlingClient writer = client("riding-author", author, new Screen(), false);
        StarlingClient one = client("riding-reader", reader, asking, true);
        StarlingClient two = client("riding-other", other, silent, false)) {
      one.focus(channel, 0);
      two.focus(channel, 0);
      say(writer, channel, "first");
      patiently().until(() -> asking.users.size() == 1);
      say(writer, channel, "second");
      patiently().until(() -> asking.texts.size() == 2);

      writer.members().nickname(workspace, AUTHOR, "the chief").join();
      say(writer, channel, "third");
      patiently().until(() -> asking.users.getLast().getNickname().equals("the chief"));
      say(writer, channel, "fourth");
      patiently().until(() -> asking.texts.size() == 4 && silent.texts.size() == 4);
      assertThat(asking.users).as("once as he was, once as he is").hasSize(2);
      assertThat(asking.users).extracting(User::getUserId).containsOnly(AUTHOR);
      assertThat(asking.workspaces).containsOnly(workspace);
      assertThat(silent.users).isEmpty();

      ListMessagesResponse page = one.history().newest(channel, 10).join();
      assertThat(page.getUsersList()).containsExactly(asking.users.getLast());
      assertThat(two.history().newest(channel, 10).join().getUsersList()).isEmpty();
    }
  }

  @Test
  void backlog_bringsItsAuthors() {
    long channel = channel();
    Screen late = new Screen();
    try (StarlingClient writer = client("riding-author", author, new Screen(), false);
        StarlingClient one = client("riding-reader", reader, late, true)) {
      say(writer, channel, "before anybody looked");
      one.focus(channel, 0);
      patiently().until(() -> late.texts.size() == 1 && late.users.size() == 1);
      assertThat(late.users.getFirst().getUserId()).isEqualTo(AUTHOR);
    }
  }

  private long channel() {
    Channel founder = STACK.channel(author);
    var _ =
        WorkspaceServiceGrpc.newBlockingStub(founder)
            .foundWorkspace(
                FoundWorkspaceRequest.newBuilder()
                    .setWorkspaceId(workspace)
                    .setName("Riders")
                    .build());
    long channel =
        ChannelServiceGrpc.newBlockingStub(founder)
            .createChannel(
                CreateChannelRequest.newBuilder()
                    .setWorkspaceId(workspace)
                    .setName("riding")
                    .build())
            .getChannel()
            .getChannelId();
    for (String token : List.of(reader, other)) {
      var _ =
          WorkspaceServiceGrpc.newBlockingStub(STACK.channel(token))
              .enterWorkspace(EnterWorkspaceRequest.newBuilder().setWorkspaceId(workspace).build());
      var _ =
          ChannelServiceGrpc.newBlockingStub(STACK.channel(token))
              .joinChannel(JoinChannelRequest.newBuilder().setChannelId(channel).build());
    }
    return channel;
  }

  private StarlingClient client(String user, String token, ClientListener listener, boolean users) {
    StarlingClient client =
        STACK
            .clientBuilder(user, listener)
            .tokens(() -> token)
            .workspace(workspace)
            .users(users)
            .build();
    client.start();
    return client;
  }

  private static void say(StarlingClient client, long channel, String text) {
    var _ = client.send(channel, text).join();
  }

  private static ConditionFactory patiently() {
    return await().atMost(Duration.ofSeconds(30));
  }

  /** What one client was shown and told. */
  private static final class Screen implements ClientListener {
    final List<String> texts = new CopyOnWriteArrayList<>();
    final List<User> users = new CopyOnWriteArrayList<>();
    final List<Long> workspaces = new CopyOnWriteArrayList<>();

    @Override
    public void onMessage(Message message, boolean echo) {
      texts.add(message.getText());
    }

    @Override
    public void onUsers(Users told) {
      workspaces.add(told.getWorkspaceId());
      users.addAll(told.getUsersList());
    }
  }
}
