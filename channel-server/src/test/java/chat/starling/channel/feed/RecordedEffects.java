package chat.starling.channel.feed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Writes down what a feed wants done. */
final class RecordedEffects implements FeedEffects {

  final List<EpochStarts> fixed = new ArrayList<>();
  final List<PendingAppend> written = new ArrayList<>();
  final List<Long> settled = new ArrayList<>();
  final List<Duration> pauses = new ArrayList<>();
  final List<Long> readBack = new ArrayList<>();
  final List<OpenMark> opened = new ArrayList<>();
  final List<OpenMark> renewed = new ArrayList<>();
  final List<List<Long>> closed = new ArrayList<>();
  int recoveries;
  int leasesAwaited;

  @Override
  public void open(OpenMark mark) {
    opened.add(mark);
  }

  @Override
  public void renew(OpenMark mark) {
    renewed.add(mark);
  }

  @Override
  public void close(List<Long> formerEpochs) {
    closed.add(formerEpochs);
  }

  @Override
  public void awaitLease() {
    leasesAwaited++;
  }

  @Override
  public void recover() {
    recoveries++;
  }

  @Override
  public void fixStart(EpochStarts seen, EpochStarts next) {
    fixed.add(next);
  }

  @Override
  public void write(PendingAppend append) {
    written.add(append);
  }

  @Override
  public void writeAgain(PendingAppend append, Duration pause) {
    pauses.add(pause);
  }

  @Override
  public void settled(PendingAppend append) {
    settled.add(append.entry().seq());
  }

  @Override
  public void readBack(long belowSeq) {
    readBack.add(belowSeq);
  }
}
