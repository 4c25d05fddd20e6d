package chat.starling.cli;

import chat.starling.api.v1.Held;
import chat.starling.api.v1.ListMembersResponse;
import chat.starling.api.v1.Member;
import chat.starling.api.v1.User;
import chat.starling.client.LookupCalls;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** The members of a connection's workspace, as people name them. */
record Members(Connection to) {

  /** As many users of one name as a search finds. */
  private static final int NAMESAKES = 50;

  /** Passes on all members, page by page, and what each is called; empty for who has no name. */
  void forEach(BiConsumer<Member, String> what) throws InterruptedException {
    String token = "";
    do {
      ListMembersResponse page =
          Connection.answer(to.client().members().list(to.workspace(), token));
      Map<Long, String> names = names(page.getMembersList());
      page.getMembersList()
          .forEach(member -> what.accept(member, names.getOrDefault(member.getUserId(), "")));
      token = page.getNextPageToken();
    } while (!token.isEmpty());
  }

  private Map<Long, String> names(List<Member> members) throws InterruptedException {
    Map<Long, String> names = new HashMap<>();
    for (int from = 0; from < members.size(); from += LookupCalls.MOST) {
      List<Held> some = new ArrayList<>();
      members
          .subList(from, Math.min(members.size(), from + LookupCalls.MOST))
          .forEach(member -> some.add(Held.newBuilder().setId(member.getUserId()).build()));
      Connection.answer(to.client().lookup().users(to.workspace(), some))
          .getUsersList()
          .forEach(user -> names.put(user.getUserId(), name(user)));
    }
    return names;
  }

  /** The id of a user who is named by it, by his nickname or by his display name. */
  long id(String user) throws InterruptedException {
    if (user.matches("[1-9][0-9]{0,17}")) {
      return Long.parseLong(user);
    }
    List<User> found =
        Connection.answer(to.client().lookup().quickSwitch(to.workspace(), user, NAMESAKES))
            .getUsersList()
            .stream()
            .filter(one -> name(one).equals(user))
            .toList();
    if (found.size() != 1) {
      throw new Failure(
          Failure.REFUSED,
          (found.isEmpty()
                  ? "nobody is called " + Plain.line(user)
                  : Plain.line(user) + " may be any of " + ids(found))
              + "; give a user id, see: starling members");
    }
    return found.getFirst().getUserId();
  }

  private static String ids(List<User> users) {
    return users.stream()
        .map(user -> Long.toString(user.getUserId()))
        .collect(Collectors.joining(", "));
  }

  /** What the workspace calls the user. */
  static String name(User user) {
    return user.getNickname().isEmpty() ? user.getDisplayName() : user.getNickname();
  }
}
