package chat.starling.channel.workspace;

import chat.starling.api.internal.v1.MemberRow;
import java.util.List;

/**
 * A page of members in the order of their slices and ids.
 *
 * @param next the user after whom the next page begins; 0 on the last
 */
public record MemberPage(List<MemberRow> members, long next) {

  public MemberPage {
    members = List.copyOf(members);
  }
}
