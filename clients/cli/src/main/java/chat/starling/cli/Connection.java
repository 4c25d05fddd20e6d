package chat.starling.cli;

import chat.starling.api.v1.Channel;
import chat.starling.api.v1.ListChannelsResponse;
import chat.starling.api.v1.Reason;
import chat.starling.client.RefusedException;
import chat.starling.client.StarlingClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A client whose answers are waited for; never to be used on the client's own thread. */
record Connection(StarlingClient client, long workspace) implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  /** Waits for an answer. Throws {@link RefusedException} or {@link Failure}. */
  static <T> T answer(CompletableFuture<T> future) throws InterruptedException {
    try {
      return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RefusedException refused ? refused : Failure.of(e);
    } catch (TimeoutException e) {
      throw Failure.noConnection("no answer within " + PATIENCE_SECONDS + " seconds");
    }
  }

  Channel channel(String name) throws InterruptedException {
    return answer(client.channels().lookup(workspace, bare(name)));
  }

  /** The channel of this name, if there is one. */
  Optional<Channel> find(String name) throws InterruptedException {
    try {
      return Optional.of(channel(name));
    } catch (RefusedException e) {
      if (e.reason() == Reason.REASON_CHANNEL_NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  Channel create(String name) throws InterruptedException {
    return answer(client.channels().create(workspace, bare(name)));
  }

  /** Makes the channel, or finds it when somebody else just did. */
  Channel createOrFind(String name) throws InterruptedException {
    try {
      return create(name);
    } catch (RefusedException e) {
      if (e.reason() == Reason.REASON_NAME_TAKEN) {
        return channel(name);
      }
      throw e;
    }
  }

  Channel join(Channel channel) throws InterruptedException {
    return answer(client.channels().join(channel.getChannelId()));
  }

  /** All channels of the workspace. */
  List<Channel> channels(boolean joinedOnly) throws InterruptedException {
    List<Channel> all = new ArrayList<>();
    String token = "";
    do {
      ListChannelsResponse page = answer(client.channels().list(workspace, joinedOnly, token));
      all.addAll(page.getChannelsList());
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    return all;
  }

  @Override
  public void close() {
    client.close();
  }

  /** People write {@code #general}; the name is {@code general}. */
  static String bare(String name) {
    return name.startsWith("#") ? name.substring(1) : name;
  }
}
