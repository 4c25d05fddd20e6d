package chat.starling.channel.workspace;

import chat.starling.api.internal.v1.Act;
import chat.starling.api.internal.v1.ChannelKind;
import chat.starling.api.internal.v1.ChannelRow;
import chat.starling.api.v1.Reason;
import chat.starling.platform.permission.AdministrativeAct.ChangeChannel;
import chat.starling.platform.permission.AdministrativeAct.CreateChannel;
import chat.starling.platform.permission.RuleRows;
import chat.starling.platform.refusal.Refuse;
import java.util.List;
import java.util.function.LongSupplier;

/** What acts on channels make of the rows. */
final class ChannelActs {

  private static final int LONGEST_WAIT_SECONDS = 21_600;

  private final ActRules rules;
  private final Situation situation;
  private final LongSupplier nextId;

  ChannelActs(ActRules rules, Situation situation, LongSupplier nextId) {
    this.rules = rules;
    this.situation = situation;
    this.nextId = nextId;
  }

  Outcome decide(Act act, long expectedVersion) {
    return switch (act.getActCase()) {
      case CREATE_CHANNEL -> create(act.getCreateChannel());
      case RENAME_CHANNEL -> rename(act.getRenameChannel(), expectedVersion);
      case SET_TOPIC -> topic(act.getSetTopic(), expectedVersion);
      case SET_SLOW_MODE -> slowMode(act.getSetSlowMode(), expectedVersion);
      case ARCHIVE_CHANNEL ->
          archive(act.getArchiveChannel().getChannelId(), true, expectedVersion);
      case RESTORE_CHANNEL ->
          archive(act.getRestoreChannel().getChannelId(), false, expectedVersion);
      default -> throw new IllegalArgumentException("no act on a channel: " + act.getActCase());
    };
  }

  private Outcome create(Act.CreateChannel act) {
    String topic = Labels.topic("act.create_channel.topic", act.getTopic());
    ChannelRow wanted =
        ChannelRow.newBuilder()
            .setName(act.getName())
            .setKind(act.getKind())
            .setTopic(topic)
            .setCreatedBy(situation.actor().getUserId())
            .build();
    requireMayCreate(wanted);
    if (situation.named().isPresent()) {
      return sameAgain(situation.named().get().row(), wanted);
    }
    long id = nextId.getAsLong();
    ChannelRow row = wanted.toBuilder().setChannelId(id).build();
    return new Outcome(
        id, List.of(Outcome.change(row), Outcome.membership(row, row.getCreatedBy(), true)));
  }

  private void requireMayCreate(ChannelRow wanted) {
    if (wanted.getKind() == ChannelKind.UNRECOGNIZED) {
      throw Refuse.because(Reason.REASON_OUT_OF_RANGE)
          .field("act.create_channel.kind")
          .expected("a kind that this server knows")
          .toException();
    }
    boolean everybodys = wanted.getKind() == ChannelKind.CHANNEL_KIND_UNSPECIFIED;
    if (situation.workspace().isFounded() || !everybodys) {
      rules.check(new CreateChannel(RuleRows.kind(wanted)));
    }
  }

  /**
   * Who made it and is in it may have lost the answer; others learn only that the name is taken.
   */
  private Outcome sameAgain(ChannelRow found, ChannelRow wanted) {
    boolean same =
        found.getCreatedBy() == wanted.getCreatedBy()
            && found.getKind() == wanted.getKind()
            && situation.isInChannel(found.getChannelId(), wanted.getCreatedBy());
    if (!same) {
      throw taken(wanted.getName());
    }
    return new Outcome(found.getChannelId(), List.of());
  }

  private Outcome rename(Act.RenameChannel act, long expectedVersion) {
    ChannelRow before = checked(act.getChannelId(), expectedVersion);
    if (situation.named().filter(other -> isOther(other.row(), before)).isPresent()) {
      throw taken(act.getName());
    }
    return changed(before, before.toBuilder().setName(act.getName()));
  }

  private static boolean isOther(ChannelRow one, ChannelRow than) {
    return one.getChannelId() != than.getChannelId();
  }

  private Outcome topic(Act.SetTopic act, long expectedVersion) {
    String topic = Labels.topic("act.set_topic.topic", act.getTopic());
    ChannelRow before = checked(act.getChannelId(), expectedVersion);
    return changed(before, before.toBuilder().setTopic(topic));
  }

  private Outcome slowMode(Act.SetSlowMode act, long expectedVersion) {
    if (act.getSeconds() < 0 || act.getSeconds() > LONGEST_WAIT_SECONDS) {
      throw Refuse.because(Reason.REASON_OUT_OF_RANGE)
          .field("act.set_slow_mode.seconds")
          .value(act.getSeconds())
          .expected("0.." + LONGEST_WAIT_SECONDS)
          .toException();
    }
    ChannelRow before = checked(act.getChannelId(), expectedVersion);
    return changed(before, before.toBuilder().setSlowModeSeconds(act.getSeconds()));
  }

  private Outcome archive(long channelId, boolean archived, long expectedVersion) {
    ChannelRow before = checked(channelId, expectedVersion);
    return changed(before, before.toBuilder().setArchived(archived));
  }

  private ChannelRow checked(long channelId, long expectedVersion) {
    rules.check(new ChangeChannel(channelId));
    ChannelState channel = situation.existing(channelId);
    ActRules.requireVersion(expectedVersion, channel.version());
    return channel.row();
  }

  private static Outcome changed(ChannelRow before, ChannelRow.Builder after) {
    ChannelRow row = after.build();
    return row.equals(before) ? Outcome.NOTHING : Outcome.of(Outcome.change(row));
  }

  private static RuntimeException taken(String name) {
    return Refuse.because(Reason.REASON_NAME_TAKEN)
        .field("name")
        .value(name)
        .expected("a name that the workspace does not have yet")
        .toException();
  }
}
