package chat.starling.client.testing;

import chat.starling.api.v1.AuditAction;
import chat.starling.api.v1.AuditEntry;
import chat.starling.api.v1.Member;
import chat.starling.api.v1.MemberState;
import chat.starling.api.v1.Role;
import chat.starling.api.v1.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Workspace 1 of a {@link MemoryServer}, where everybody may do everything. */
public final class MemoryWorkspace {
  private final Map<Long, Role> roles = new TreeMap<>();
  private final Map<Long, Member> members = new TreeMap<>();
  private final List<AuditEntry> log = new ArrayList<>();
  private Workspace workspace = Workspace.newBuilder().setWorkspaceId(1).build();

  MemoryWorkspace() {
    roles.put(1L, Role.newBuilder().setRoleId(1).setPermissions(0x10000).build());
  }

  /** Makes the user a member. */
  public synchronized void enter(long userId, String nickname) {
    members.put(
        userId,
        Member.newBuilder()
            .setUserId(userId)
            .setNickname(nickname)
            .setState(MemberState.MEMBER_STATE_MEMBER)
            .build());
  }

  /** What the user is. */
  public synchronized Member member(long userId) {
    return members.getOrDefault(userId, Member.newBuilder().setUserId(userId).build());
  }

  synchronized Workspace workspace() {
    return workspace;
  }

  synchronized Workspace found(String name) {
    workspace = workspace.toBuilder().setName(name).setOwnerId(7).setMyPermissions(0x21).build();
    log(AuditEntry.newBuilder().setAction(AuditAction.AUDIT_ACTION_FOUND_WORKSPACE));
    return workspace;
  }

  synchronized List<Role> roles() {
    return new ArrayList<>(roles.values());
  }

  synchronized Role role(Role.Builder changed) {
    long id = changed.getRoleId() == 0 ? 100 + roles.size() : changed.getRoleId();
    Role role = changed.setRoleId(id).setVersion(changed.getVersion() + 1).build();
    roles.put(id, role);
    return role;
  }

  synchronized List<Member> members() {
    List<Member> all = new ArrayList<>(members.values());
    all.removeIf(member -> member.getState() != MemberState.MEMBER_STATE_MEMBER);
    return all;
  }

  synchronized Member change(Member.Builder changed, AuditAction action, String reason) {
    Member member = changed.build();
    members.put(member.getUserId(), member);
    log(AuditEntry.newBuilder().setAction(action).setUserId(member.getUserId()).setReason(reason));
    return member;
  }

  synchronized List<AuditEntry> log() {
    return new ArrayList<>(log);
  }

  private void log(AuditEntry.Builder entry) {
    log.add(0, entry.setEntryId(log.size() + 1L).setActorId(7).build());
  }
}
