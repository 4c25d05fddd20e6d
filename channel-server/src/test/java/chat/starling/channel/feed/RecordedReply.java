package chat.starling.channel.feed;

import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import java.util.ArrayList;
import java.util.List;

/** Writes down the answers to an append. */
final class RecordedReply implements AppendReply {

  final List<Appended> acks = new ArrayList<>();
  final List<Reason> refusals = new ArrayList<>();

  int outdated;

  @Override
  public void outdated() {
    outdated++;
  }

  @Override
  public void acked(Appended result) {
    acks.add(result);
  }

  @Override
  public void refused(Refusal refusal) {
    refusals.add(refusal.getReason());
  }
}
