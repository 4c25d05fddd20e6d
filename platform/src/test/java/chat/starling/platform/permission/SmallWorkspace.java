package chat.starling.platform.permission;

import static chat.starling.platform.permission.Permission.BAN_MEMBERS;
import static chat.starling.platform.permission.Permission.CHANGE_NICKNAME;
import static chat.starling.platform.permission.Permission.KICK_MEMBERS;
import static chat.starling.platform.permission.Permission.MANAGE_MESSAGES;
import static chat.starling.platform.permission.Permission.MANAGE_NICKNAMES;
import static chat.starling.platform.permission.Permission.MANAGE_ROLES;
import static chat.starling.platform.permission.Permission.SEND_MESSAGES;
import static chat.starling.platform.permission.Permission.TIME_OUT_MEMBERS;
import static chat.starling.platform.permission.Permission.VIEW_CHANNEL;
import static chat.starling.platform.permission.World.EVERYONE;

import chat.starling.platform.permission.AdministrativeAct.SetOverride;
import chat.starling.platform.permission.OverrideTarget.OfRole;
import chat.starling.platform.refusal.RefusedException;

/**
 * A workspace with an owner, a chief (role at position 5), two moderators (3), a helper (2), a
 * newcomer and one channel. A moderator acts unless a test says otherwise.
 */
abstract class SmallWorkspace {

  static final String ALLOWED = "allowed";
  static final long NOW = 1_000_000;
  static final long CHIEF_ROLE = 2;
  static final long MODERATOR_ROLE = 3;
  static final long HELPER_ROLE = 4;
  static final long OWNER = 10;
  static final long CHIEF = 11;
  static final long MODERATOR = 12;
  static final long OTHER_MODERATOR = 13;
  static final long HELPER = 14;
  static final long NEWCOMER = 15;
  static final long STRANGER = 99;
  static final long CHANNEL = 30;
  static final OverrideTarget EVERYBODY = new OfRole(EVERYONE);

  final World world =
      new World(OWNER, VIEW_CHANNEL, SEND_MESSAGES, CHANGE_NICKNAME)
          .withRole(CHIEF_ROLE, 5, MANAGE_ROLES, MANAGE_MESSAGES)
          .withRole(
              MODERATOR_ROLE,
              3,
              MANAGE_ROLES,
              KICK_MEMBERS,
              BAN_MEMBERS,
              TIME_OUT_MEMBERS,
              MANAGE_NICKNAMES)
          .withRole(HELPER_ROLE, 2)
          .withMember(CHIEF, CHIEF_ROLE)
          .withMember(MODERATOR, MODERATOR_ROLE)
          .withMember(OTHER_MODERATOR, MODERATOR_ROLE)
          .withMember(HELPER, HELPER_ROLE)
          .withMember(NEWCOMER)
          .withChannel(CHANNEL);

  final String act(AdministrativeAct act) {
    return act(MODERATOR, act);
  }

  final String act(long actor, AdministrativeAct act) {
    try {
      Administration.check(act, world.memberOf(actor), world, NOW);
      return ALLOWED;
    } catch (RefusedException refused) {
      return refused.reason().name().replace("REASON_", "");
    }
  }

  static AdministrativeAct override(OverrideTarget target, long allow, long deny) {
    return new SetOverride(CHANNEL, target, new ChannelOverride(allow, deny));
  }
}
