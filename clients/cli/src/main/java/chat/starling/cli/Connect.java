package chat.starling.cli;

import chat.starling.client.ClientListener;
import chat.starling.client.StarlingClient;
import chat.starling.client.TokenSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say where Starling is and who is asking. */
final class Connect {
  static final Set<String> FROM_ENVIRONMENT =
      Set.of("--edge", "--ca", "--token", "--user", "--issuer", "--workspace");

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init")
  private CommandSpec command;

  @Option(
      names = "--edge",
      paramLabel = "HOST:PORT",
      defaultValue = "localhost:7443",
      description = "Where Starling listens (default: ${DEFAULT-VALUE}; or STARLING_EDGE).")
  String edge = "localhost:7443";

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description =
          "Certificates to trust, PEM (default: .starling/edge/ca.pem here or in a folder above; or"
              + " STARLING_CA).")
  @Nullable Path ca;

  @Option(
      names = "--plaintext",
      hidden = true,
      description = "No TLS: for a gateway reached without its edge.")
  boolean plaintext;

  @Option(
      names = "--token",
      paramLabel = "JWT",
      description =
          "The token to sign in with. Better given as STARLING_TOKEN, which no process list shows.")
  @Nullable String token;

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description =
          "Without a token: the name to ask the development issuer a token for (or STARLING_USER).")
  @Nullable String user;

  @Option(
      names = "--issuer",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:7430",
      description = "The development issuer (default: ${DEFAULT-VALUE}; or STARLING_ISSUER).")
  URI issuer = URI.create("http://127.0.0.1:7430");

  @Option(
      names = "--workspace",
      paramLabel = "ID",
      defaultValue = "1",
      description = "The workspace (default: ${DEFAULT-VALUE}; or STARLING_WORKSPACE).")
  long workspace = 1;

  @Option(
      names = "--founder",
      description = "Without a token: ask for one that lets you found the workspace.")
  boolean founder;

  @Option(names = "-v", description = "Show the libraries' warnings on standard error.")
  boolean verbose;

  /**
   * A client of these options, not started. Fails here already when there is no token to be had.
   */
  StarlingClient client(ClientListener listener) throws Exception {
    return client(listener, false);
  }

  /**
   * The same.
   *
   * @param live whether it is to be told of channels that are not in focus, and who writes
   */
  StarlingClient client(ClientListener listener, boolean live) throws Exception {
    var builder =
        StarlingClient.builder()
            .target(edge)
            .tokens(tokens())
            .device("starling-cli", "starling-cli", "0.1")
            .workspace(workspace)
            .bumps(live)
            .users(live)
            .listener(listener);
    return plaintext ? builder.plaintext().build() : builder.trustedCertificates(trusted()).build();
  }

  /** Who signs in, as far as the options say. */
  String who() {
    return user != null && token == null ? user : "the token's owner";
  }

  private TokenSource tokens() throws Exception {
    String given = token;
    if (given != null) {
      return () -> given;
    }
    String name = user;
    if (name == null) {
      throw new ParameterException(
          command.commandLine(), "Who are you? Give --user NAME, or a token as STARLING_TOKEN.");
    }
    Map<String, Object> query =
        founder ? Map.of("user", name, "founder", List.of(workspace)) : Map.of("user", name);
    return new IssuedTokens(issuer, query, IssuedTokens.fetch(issuer, query));
  }

  private byte[] trusted() throws IOException {
    Path file = ca;
    if (file != null && !Files.isReadable(file)) {
      throw new ParameterException(command.commandLine(), "--ca: " + file + " cannot be read.");
    }
    return Files.readAllBytes(file != null ? file : CaFile.findUpward(Path.of("")));
  }
}
