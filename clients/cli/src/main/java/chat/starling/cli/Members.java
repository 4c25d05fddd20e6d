package chat.starling.cli;

import chat.starling.api.v1.ListMembersResponse;
import chat.starling.api.v1.Member;
import java.util.ArrayList;
import java.util.List;

/** The members of a connection's workspace, as people name them. */
record Members(Connection to) {

  /** All members. */
  List<Member> all() throws InterruptedException {
    List<Member> all = new ArrayList<>();
    String token = "";
    do {
      ListMembersResponse page =
          Connection.answer(to.client().members().list(to.workspace(), token));
      all.addAll(page.getMembersList());
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    return all;
  }

  /** The id of a user who is named by it or by his nickname. */
  long id(String user) throws InterruptedException {
    if (user.matches("[1-9][0-9]{0,17}")) {
      return Long.parseLong(user);
    }
    List<Member> found =
        all().stream().filter(member -> member.getNickname().equals(user)).toList();
    if (found.size() != 1) {
      throw new Failure(
          Failure.REFUSED,
          (found.isEmpty() ? "no member" : found.size() + " members")
              + " with the nickname "
              + Plain.line(user)
              + "; give a user id, see: starling members");
    }
    return found.getFirst().getUserId();
  }
}
