package chat.starling.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import chat.starling.api.v1.ClientFrame;
import chat.starling.api.v1.Close;
import chat.starling.api.v1.Message;
import chat.starling.api.v1.Ready;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.ReconnectRule;
import chat.starling.api.v1.Sent;
import chat.starling.client.testing.MemoryServer;
import com.google.protobuf.ByteString;
import io.grpc.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client over a real socket against a server that speaks the real frames. */
class StarlingClientTest {
  private final Heard heard = new Heard();
  private MemoryServer server;
  private StarlingClient client;
  private long channel;

  StarlingClientTest() throws IOException {
    server = MemoryServer.start();
    client = client(() -> "alice");
  }

  @BeforeEach
  void open() {
    channel = server.channels().create("general");
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void send_readySession_isAckedAndEchoed() throws Exception {
    client.start();
    client.focus(channel, 0);
    Sent sent = client.send(channel, "hello \uD83D\uDC26").get(10, TimeUnit.SECONDS);
    assertThat(sent.getSeq()).isEqualTo(1);
    await().until(() -> heard.messages.size() == 1);
    assertThat(heard.messages.get(0).getText()).isEqualTo("hello \uD83D\uDC26");
    assertThat(heard.log).containsSubsequence("CONNECTING", "READY");
    assertThat(heard.log).containsSubsequence("pending hello \uD83D\uDC26", "sent 1");
    assertThat(heard.log).contains("echo 1");
  }

  @Test
  void viewer_connectionsCut_seesEveryMessageOnceAndInOrder() throws Exception {
    client.start();
    client.focus(channel, 0);
    List<CompletableFuture<Sent>> sends = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      sends.add(client.send(channel, "message " + i));
      server.channels().post(channel, "bob", "other " + i, ByteString.EMPTY, "");
      if (i % 50 == 25) {
        await().until(() -> client.state() == ConnectionState.READY);
        client.disconnect();
      }
    }
    for (CompletableFuture<Sent> send : sends) {
      send.get(20, TimeUnit.SECONDS);
    }
    await().atMost(20, TimeUnit.SECONDS).until(() -> heard.messages.size() >= 400);
    assertThat(heard.messages)
        .extracting(Message::getSeq)
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, 400).boxed().collect(Collectors.toList()));
    assertThat(heard.messages)
        .filteredOn(message -> message.getAuthor().getDisplayName().equals("alice"))
        .extracting(Message::getText)
        .containsExactlyElementsOf(
            IntStream.range(0, 200).mapToObj(i -> "message " + i).collect(Collectors.toList()));
    assertThat(server.hellos()).isGreaterThanOrEqualTo(5);
  }

  @Test
  void refusal_onTheStream_failsTheSendWithItsFacts() {
    client.start();
    assertThatThrownBy(() -> client.send(channel, " ").get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            RefusedException.class,
            why -> {
              assertThat(why.status()).isEqualTo(Status.Code.INVALID_ARGUMENT);
              assertThat(why.reason()).isEqualTo(Reason.REASON_TEXT_EMPTY);
              assertThat(why.field()).isEqualTo("send.text");
            });
    assertThat(heard.log).contains("failed REASON_TEXT_EMPTY");
  }

  @Test
  void text_withALoneSurrogate_neverLeavesTheClient() {
    client.start();
    assertThatThrownBy(() -> client.send(channel, "broken \uD83D").get(10, TimeUnit.SECONDS))
        .hasMessageContaining("NOT_UTF8");
    assertThat(server.received()).noneMatch(ClientFrame::hasSend);
  }

  @Test
  void refusal_ofACall_carriesTheDetails() {
    assertThatThrownBy(() -> client.channels().lookup(1, "nowhere").get(10, TimeUnit.SECONDS))
        .cause()
        .isInstanceOfSatisfying(
            RefusedException.class,
            why -> {
              assertThat(why.status()).isEqualTo(Status.Code.NOT_FOUND);
              assertThat(why.reason()).isEqualTo(Reason.REASON_CHANNEL_NOT_FOUND);
              assertThat(why.value()).isEqualTo("nowhere");
              assertThat(why.expected()).isEqualTo("an existing channel");
            });
  }

  @Test
  void calls_unstartedClient_work() throws Exception {
    server.channels().post(channel, "bob", "one", ByteString.EMPTY, "");
    server.channels().post(channel, "bob", "two", ByteString.EMPTY, "");
    assertThat(client.history().newest(channel, 1).get(10, TimeUnit.SECONDS).getMessagesList())
        .extracting(Message::getText)
        .containsExactly("two");
    assertThat(client.channels().create(1, "birds").get(10, TimeUnit.SECONDS).getName())
        .isEqualTo("birds");
    assertThat(client.channels().list(1, false, "").get(10, TimeUnit.SECONDS).getChannelsCount())
        .isEqualTo(2);
  }

  @Test
  void token_refused_isAskedAnew() {
    AtomicInteger asked = new AtomicInteger();
    List<String> rejected = new CopyOnWriteArrayList<>();
    client.close();
    client =
        client(
            new TokenSource() {
              @Override
              public String token() {
                return asked.getAndIncrement() == 0 ? "expired" : "alice";
              }

              @Override
              public void rejected(String token) {
                rejected.add(token);
              }
            });
    client.start();
    await().until(() -> client.state() == ConnectionState.READY);
    assertThat(rejected).containsExactly("expired");
  }

  @Test
  void closeNever_client_staysStopped() {
    client.start();
    await().until(() -> client.state() == ConnectionState.READY);
    server.close(Close.newBuilder().setReconnect(ReconnectRule.RECONNECT_RULE_NEVER).build());
    await().until(() -> client.state() == ConnectionState.STOPPED);
    assertThat(server.hellos()).isEqualTo(1);
  }

  @Test
  void server_absent_leavesTheClientWaitingWithTheCause() {
    server.close();
    client.start();
    await().until(() -> heard.log.contains("WAITING"));
    assertThat(heard.log).anyMatch(line -> line.startsWith("cause UNAVAILABLE"));
  }

  @Test
  void focus_unknownChannel_isRefused() {
    client.start();
    client.focus(Set.of(99L));
    await().until(() -> heard.log.contains("focus refused 99"));
  }

  @Test
  void close_client_leavesNoThreadAndFailsWhatWaits() {
    server.close();
    client.start();
    CompletableFuture<Sent> send = client.send(channel, "too late");
    await().until(() -> heard.log.contains("pending too late"));
    Thread loop = heard.thread;
    client.close();
    assertThat(send).isCompletedExceptionally();
    assertThat(client.send(channel, "later still")).isCompletedExceptionally();
    await().until(() -> loop == null || !loop.isAlive());
    assertThat(client.state()).isEqualTo(ConnectionState.OFFLINE);
  }

  @Test
  void close_insideACallback_ends() {
    client.close();
    StarlingClient[] closing = new StarlingClient[1];
    ClientListener closer =
        new ClientListener() {
          @Override
          public void onState(ConnectionState state, @Nullable RefusedException cause) {
            if (state == ConnectionState.READY) {
              closing[0].close();
            }
          }
        };
    client = builder(() -> "alice").listener(closer).build();
    closing[0] = client;
    client.start();
    await().until(() -> client.state() == ConnectionState.OFFLINE && server.hellos() > 0);
  }

  @Test
  void heartbeatInterval_wanted_isAskedOfTheServer() {
    client.close();
    client =
        builder(() -> "alice").listener(heard).heartbeatInterval(Duration.ofMillis(61_500)).build();
    client.start();
    await().until(() -> heard.log.contains("heartbeat every 61.5 s"));
    assertThatThrownBy(() -> StarlingClient.builder().heartbeatInterval(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("heartbeatInterval");
  }

  @Test
  void eventTick_wanted_isAskedOfTheServer() {
    client.close();
    client = builder(() -> "alice").listener(heard).eventTick(Duration.ofMillis(1_500)).build();
    client.start();
    var wanted =
        com.google.protobuf.Duration.newBuilder().setSeconds(1).setNanos(500_000_000).build();
    await()
        .until(() ->
            server.received().stream()
                .anyMatch(frame -> frame.getHello().getEventTick().equals(wanted)));
    assertThatThrownBy(() -> StarlingClient.builder().eventTick(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("eventTick");
  }

  private StarlingClient client(TokenSource tokens) {
    return builder(tokens).listener(heard).build();
  }

  private StarlingClientBuilder builder(TokenSource tokens) {
    return StarlingClient.builder()
        .target(server.target())
        .plaintext()
        .tokens(tokens)
        .device("test", "test", "1");
  }

  /** Keeps what the client tells. */
  private static final class Heard implements ClientListener {
    final List<String> log = new CopyOnWriteArrayList<>();
    final List<Message> messages = new CopyOnWriteArrayList<>();
    volatile @Nullable Thread thread;

    @Override
    public void onState(ConnectionState state, @Nullable RefusedException cause) {
      thread = Thread.currentThread();
      log.add(state.name());
      if (cause != null) {
        log.add("cause " + cause.getMessage());
      }
    }

    @Override
    public void onReady(Ready ready) {
      var interval = ready.getHeartbeatInterval();
      log.add(
          "heartbeat every "
              + interval.getSeconds()
              + "."
              + interval.getNanos() / 100_000_000
              + " s");
    }

    @Override
    public void onMessage(Message message, boolean echo) {
      messages.add(message);
      if (echo) {
        log.add("echo " + message.getSeq());
      }
    }

    @Override
    public void onFocusRefused(long channelId, RefusedException why) {
      log.add("focus refused " + channelId);
    }

    @Override
    public void onPending(PendingMessage message) {
      log.add("pending " + message.text());
    }

    @Override
    public void onSent(PendingMessage message, Sent sent) {
      log.add("sent " + sent.getSeq());
    }

    @Override
    public void onSendFailed(PendingMessage message, RefusedException why) {
      log.add("failed " + why.reason().name());
    }
  }
}
