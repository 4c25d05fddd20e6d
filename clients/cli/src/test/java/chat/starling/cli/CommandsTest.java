package chat.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.starling.client.testing.MemoryServer;
import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The one-shot commands as a script calls them, against a server in memory. */
class CommandsTest {
  private final MemoryServer server;
  private final long general;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  CommandsTest() throws IOException {
    server = MemoryServer.start();
    general = server.channels().create("general");
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void send_text_printsSeqAndMessageId() {
    assertThat(run("send", "--channel", "general", "hello")).isZero();
    assertThat(out).hasToString("seq 1 message 1001" + System.lineSeparator());
    assertThat(server.channels().log(general).getFirst().getMessagePosted().getText())
        .isEqualTo("hello");
  }

  @Test
  void send_json_printsOneObject() {
    assertThat(run("send", "--channel", "#general", "--json", "hello")).isZero();
    assertThat(out.toString())
        .startsWith("{\"channel_id\":\"1\",\"message_id\":\"1001\",\"seq\":1,");
  }

  @Test
  void send_refusedText_exitsOneAndSaysWhy() {
    assertThat(run("send", "--channel", "general", " ")).isEqualTo(1);
    assertThat(err.toString()).contains("TEXT_EMPTY", "send.text", "expected: something better");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void send_unknownChannel_exitsOneWithAHint() {
    assertThat(run("send", "--channel", "nowhere", "hello")).isEqualTo(1);
    assertThat(err.toString()).contains("CHANNEL_NOT_FOUND", "nowhere", "starling channels");
  }

  @Test
  void send_refusedToken_exitsOne() {
    assertThat(
            execute(Map.of("STARLING_TOKEN", "expired"), "send", "--channel", "general", "hello"))
        .isEqualTo(1);
    assertThat(err.toString()).contains("TOKEN_EXPIRED");
  }

  @Test
  void send_nobodyListening_exitsThreeAndSaysWhatToDo() {
    server.close();
    assertThat(run("send", "--channel", "general", "hello")).isEqualTo(3);
    assertThat(err.toString()).contains("no connection", "make run");
  }

  @Test
  void history_page_isOldestFirst() {
    post("one", "two", "three");
    assertThat(run("history", "--channel", "general", "-n", "2", "--json")).isZero();
    assertThat(out.toString().lines())
        .hasSize(2)
        .satisfies(lines -> assertThat(lines.getFirst()).contains("\"two\""));
  }

  @Test
  void history_before_isThePageBefore() {
    post("one", "two", "three");
    assertThat(run("history", "--channel", "general", "--before", "1002")).isZero();
    assertThat(out.toString()).contains("bob: one").doesNotContain("two");
  }

  @Test
  void history_wrongPageSize_exitsOneAndNamesIt() {
    assertThat(run("history", "--channel", "general", "-n", "1001")).isEqualTo(1);
    assertThat(err.toString()).contains("PAGE_SIZE", "page_size is 1001", "1..1000");
  }

  @Test
  void tail_count_endsAfterThatMany() {
    post("one", "two");
    assertThat(run("tail", "--channel", "general", "--after-seq", "0", "--count", "2", "--json"))
        .isZero();
    assertThat(out.toString().lines()).hasSize(2);
  }

  @Test
  void tail_live_printsWhatComes() {
    CompletableFuture<Integer> tail =
        CompletableFuture.supplyAsync(() -> run("tail", "--channel", "general", "--count", "1"));
    await()
        .until(() -> {
          post("live");
          return tail.isDone();
        });
    assertThat(tail).isCompletedWithValue(0);
    assertThat(out.toString()).contains("bob: live");
  }

  @Test
  void join_missingChannel_isMadeOnlyWhenAsked() {
    assertThat(run("join", "birds")).isEqualTo(1);
    assertThat(run("join", "--create", "birds")).isZero();
    assertThat(run("channels")).isZero();
    assertThat(out.toString().lines()).containsExactly("joined #birds", "#general", "#birds");
  }

  @Test
  void commandLine_wrong_exitsTwo() {
    assertThat(run("send", "hello")).isEqualTo(2);
    assertThat(err.toString()).contains("--channel");
    assertThat(run("nonsense")).isEqualTo(2);
    assertThat(execute(Map.of(), "channels")).isEqualTo(2);
    assertThat(err.toString()).contains("Who are you?");
  }

  @Test
  void help_everyCommand_namesItsOptionsAndExitCodes() {
    for (String command :
        List.of(
            "chat",
            "send",
            "history",
            "tail",
            "channels",
            "join",
            "dm",
            "workspace",
            "roles",
            "members",
            "nick",
            "kick",
            "ban",
            "timeout",
            "audit")) {
      assertThat(run(command, "--help")).isZero();
      assertThat(out.toString()).contains("starling " + command, "--edge", "Exit codes");
      out.getBuffer().setLength(0);
    }
  }

  @Test
  void user_namedOnly_getsATokenFromTheIssuer() throws IOException {
    HttpServer issuer =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    List<String> asked = new ArrayList<>();
    issuer.createContext(
        "/token",
        exchange -> {
          asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          byte[] answer =
              "{\"token\":\"carol\",\"user_id\":\"9\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    issuer.start();
    String url = "http://127.0.0.1:" + issuer.getAddress().getPort();
    assertThat(
            execute(
                Map.of("STARLING_ISSUER", url),
                "send",
                "--user",
                "carol",
                "--channel",
                "general",
                "hi"))
        .isZero();
    issuer.stop(0);
    assertThat(asked).containsExactly("{\"user\":\"carol\"}");
    assertThat(
            server
                .channels()
                .log(general)
                .getFirst()
                .getMessagePosted()
                .getAuthor()
                .getDisplayName())
        .isEqualTo("carol");
    assertThat(execute(Map.of("STARLING_ISSUER", url), "channels", "--user", "carol")).isEqualTo(3);
    assertThat(err.toString()).contains("token issuer", "make run");
  }

  private void post(String... texts) {
    for (String text : texts) {
      server.channels().post(general, "bob", text, ByteString.EMPTY, "");
    }
  }

  private int run(String... args) {
    return execute(Map.of("STARLING_TOKEN", "alice"), args);
  }

  private int execute(Map<String, String> environment, String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    if (!args[0].equals("nonsense")) {
      all.addAll(1, List.of("--edge", server.target(), "--plaintext"));
    }
    CommandLine line = Main.commandLine(environment);
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(all.toArray(new String[0]));
  }
}
