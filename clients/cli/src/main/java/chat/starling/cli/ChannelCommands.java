package chat.starling.cli;

import chat.starling.api.v1.Channel;
import chat.starling.api.v1.ChannelKind;
import chat.starling.api.v1.ListChannelMembersResponse;
import chat.starling.api.v1.User;
import chat.starling.client.ChannelCalls;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code starling channels} does to channels, and direct channels. */
final class ChannelCommands {
  private static final String CHANNEL = "The channel's name.";

  private ChannelCommands() {}

  private static void print(Channel channel, boolean json, PrintWriter out) {
    if (json) {
      out.println(Json.of(channel));
      return;
    }
    StringBuilder line = new StringBuilder("#").append(Plain.line(channel.getName()));
    if (channel.getArchived()) {
      line.append(", archived");
    }
    if (!channel.getTopic().isEmpty()) {
      line.append(": ").append(Plain.line(channel.getTopic()));
    }
    out.println(line);
  }

  /** A command on one channel that answers with the channel. */
  abstract static class OnChannel extends ServerCommand {
    @Parameters(index = "0", paramLabel = "CHANNEL", description = CHANNEL)
    private String channel = "";

    @Override
    final void run(Connection to, PrintWriter out) throws InterruptedException {
      long id = to.channel(channel).getChannelId();
      print(Connection.answer(act(to.client().channels(), id)), json(), out);
    }

    abstract CompletableFuture<Channel> act(ChannelCalls channels, long id);
  }

  /** A command on one channel and one user that answers with nothing. */
  abstract static class OnChannelMember extends ServerCommand {
    @Parameters(index = "0", paramLabel = "CHANNEL", description = CHANNEL)
    private String channel = "";

    @Parameters(index = "1", paramLabel = "USER", description = MembersCommand.USER)
    private String user = "";

    @Override
    final void run(Connection to, PrintWriter out) throws InterruptedException {
      long id = to.channel(channel).getChannelId();
      Connection.answer(act(to.client().channels(), id, new Members(to).id(user)));
      out.println(json() ? "{}" : "done");
    }

    abstract CompletableFuture<Void> act(ChannelCalls channels, long id, long user);
  }

  /** {@code starling channels create}. */
  @Command(name = "create", description = "Makes a channel with you as its member.")
  static final class Create extends ServerCommand {
    @Parameters(paramLabel = "NAME", description = CHANNEL)
    private String name = "";

    @Option(names = "--private", description = "Only those who are added see it.")
    private boolean closed;

    @Option(names = "--announcement", description = "Only who may post announcements writes.")
    private boolean announcement;

    @Option(names = "--topic", paramLabel = "TEXT", description = "What it is about.")
    private String topic = "";

    @Override
    void run(Connection to, PrintWriter out) throws InterruptedException {
      if (closed && announcement) {
        throw new Failure(Failure.USAGE, "--private or --announcement, not both");
      }
      ChannelKind kind =
          closed
              ? ChannelKind.CHANNEL_KIND_PRIVATE
              : announcement
                  ? ChannelKind.CHANNEL_KIND_ANNOUNCEMENT
                  : ChannelKind.CHANNEL_KIND_UNSPECIFIED;
      print(
          Connection.answer(
              to.client().channels().create(to.workspace(), Connection.bare(name), kind, topic)),
          json(),
          out);
    }
  }

  /** {@code starling channels rename}. */
  @Command(name = "rename", description = "Gives a channel another name.")
  static final class Rename extends OnChannel {
    @Parameters(index = "1", paramLabel = "NAME", description = "The new name.")
    private String name = "";

    @Override
    CompletableFuture<Channel> act(ChannelCalls channels, long id) {
      return channels.rename(id, Connection.bare(name));
    }
  }

  /** {@code starling channels topic}. */
  @Command(name = "topic", description = "Says what a channel is about.")
  static final class Topic extends OnChannel {
    @Parameters(
        index = "1",
        paramLabel = "TEXT",
        arity = "0..1",
        description = "Up to 250 characters; none to remove it.")
    private String topic = "";

    @Override
    CompletableFuture<Channel> act(ChannelCalls channels, long id) {
      return channels.topic(id, topic);
    }
  }

  /** {@code starling channels slow-mode}. */
  @Command(name = "slow-mode", description = "Lets members wait between two messages.")
  static final class SlowMode extends OnChannel {
    @Parameters(index = "1", paramLabel = "SECONDS", description = "0 to 21600; 0 for none.")
    private int seconds;

    @Override
    CompletableFuture<Channel> act(ChannelCalls channels, long id) {
      return channels.slowMode(id, seconds);
    }
  }

  /** {@code starling channels archive}. */
  @Command(name = "archive", description = "Lets nobody write in a channel any more.")
  static final class Archive extends OnChannel {
    @Override
    CompletableFuture<Channel> act(ChannelCalls channels, long id) {
      return channels.archive(id, "");
    }
  }

  /** {@code starling channels restore}. */
  @Command(name = "restore", description = "Ends the archive of a channel.")
  static final class Restore extends OnChannel {
    @Override
    CompletableFuture<Channel> act(ChannelCalls channels, long id) {
      return channels.restore(id, "");
    }
  }

  /** {@code starling channels leave}. */
  @Command(name = "leave", description = "Ends your membership of a channel.")
  static final class Leave extends ServerCommand {
    @Parameters(paramLabel = "CHANNEL", description = CHANNEL)
    private String channel = "";

    @Override
    void run(Connection to, PrintWriter out) throws InterruptedException {
      Connection.answer(to.client().channels().leave(to.channel(channel).getChannelId()));
      out.println(json() ? "{}" : "left");
    }
  }

  /** {@code starling channels members}. */
  @Command(name = "members", description = "Lists who is in a channel.")
  static final class ListMembers extends ServerCommand {
    @Parameters(paramLabel = "CHANNEL", description = CHANNEL)
    private String channel = "";

    @Override
    void run(Connection to, PrintWriter out) throws InterruptedException {
      long id = to.channel(channel).getChannelId();
      String token = "";
      do {
        ListChannelMembersResponse page =
            Connection.answer(to.client().channels().members(id, token));
        page.getUsersList()
            .forEach(user -> out.println(json() ? DirectoryJson.of(user) : line(user)));
        token = page.getNextPageToken();
      } while (!token.isEmpty());
    }

    private static String line(User user) {
      return (user.getUserId() + " " + Plain.line(Members.name(user))).strip();
    }
  }

  /** {@code starling channels invite}. */
  @Command(name = "invite", description = "Makes somebody else a member of a channel.")
  static final class Invite extends OnChannelMember {
    @Override
    CompletableFuture<Void> act(ChannelCalls channels, long id, long user) {
      return channels.addMember(id, user);
    }
  }

  /** {@code starling channels remove}. */
  @Command(name = "remove", description = "Ends somebody else's membership of a channel.")
  static final class Remove extends OnChannelMember {
    @Override
    CompletableFuture<Void> act(ChannelCalls channels, long id, long user) {
      return channels.removeMember(id, user, "");
    }
  }

  /** {@code starling dm}. */
  @Command(
      name = "dm",
      description = "Opens the direct channel of you and these people, and prints its id.")
  static final class Direct extends ServerCommand {
    @Parameters(
        paramLabel = "USER",
        arity = "1..9",
        description = "User ids, or nicknames as `starling members` shows them.")
    private List<String> users = new ArrayList<>();

    @Override
    void run(Connection to, PrintWriter out) throws InterruptedException {
      List<Long> ids = new ArrayList<>();
      for (String user : users) {
        ids.add(new Members(to).id(user));
      }
      Channel channel = Connection.answer(to.client().channels().openDirect(to.workspace(), ids));
      out.println(json() ? Json.of(channel) : "channel " + channel.getChannelId());
    }
  }
}
