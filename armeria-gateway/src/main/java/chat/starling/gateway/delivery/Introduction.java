package chat.starling.gateway.delivery;

import chat.starling.api.v1.ServerFrame;
import chat.starling.api.v1.User;
import chat.starling.api.v1.Users;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who a user is in a workspace, to be told to clients. Confined to one event loop. */
public final class Introduction implements Cargo {

  private final long workspaceId;
  private final User user;
  private final long mark;
  private @Nullable Notice notice;

  /** Of this user as he is in this workspace. */
  public Introduction(long workspaceId, User user) {
    this.workspaceId = workspaceId;
    this.user = user;
    this.mark =
        (long) hash(workspaceId, user.getUserId()) << Integer.SIZE
            | Integer.toUnsignedLong(hash(workspaceId, user.getVersion()));
  }

  /** Stands for the user in its upper half and for what is told of him in the lower; never 0. */
  long mark() {
    return mark;
  }

  /** Both are of the same user, and may tell different things. */
  static boolean ofSameUser(long mark, long other) {
    return mark >>> Integer.SIZE == other >>> Integer.SIZE;
  }

  /** The frame that tells it, the same for everybody. */
  Notice notice() {
    Notice made = notice;
    if (made == null) {
      made = notice(List.of(this));
      notice = made;
    }
    return made;
  }

  @Override
  public byte[] wire() {
    return notice().wire();
  }

  /** One frame that tells all of these, who are of one workspace. */
  static Notice notice(List<Introduction> all) {
    Users.Builder users = Users.newBuilder().setWorkspaceId(all.getFirst().workspaceId);
    all.forEach(one -> users.addUsers(one.user));
    return new Notice(ServerFrame.newBuilder().setUsers(users).build());
  }

  /** Another one in each workspace, never 0. */
  private static int hash(long workspaceId, long number) {
    long mixed = (number ^ workspaceId * 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
    int hash = (int) (mixed >>> Integer.SIZE);
    return hash == 0 ? 1 : hash;
  }
}
