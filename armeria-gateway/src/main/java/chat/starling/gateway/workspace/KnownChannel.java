package chat.starling.gateway.workspace;

import chat.starling.gateway.delivery.Gate;
import org.jspecify.annotations.Nullable;

/** A channel as far as this gateway knows it; the same object as long as anybody holds it. */
final class KnownChannel implements Gate {

  private final long id;
  private final Row<ChannelFacts> row;
  private volatile long stamp;
  private volatile @Nullable Replica workspace;

  KnownChannel(long id, Row<ChannelFacts> row) {
    this.id = id;
    this.row = row;
  }

  long id() {
    return id;
  }

  Row<ChannelFacts> row() {
    return row;
  }

  /** Its workspace, once it has been looked up. */
  @Nullable Replica workspace() {
    return workspace;
  }

  void belongsTo(Replica replica) {
    workspace = replica;
  }

  /** Something has changed that matters to those who view it. */
  void touched(long newStamp) {
    stamp = newStamp;
  }

  @Override
  public long stamp() {
    Replica of = workspace;
    return of == null ? stamp : Math.max(stamp, of.rulesStamp());
  }

  @Override
  public boolean isOpen() {
    Replica of = workspace;
    return of != null && of.isOpen();
  }
}
