package chat.starling.gateway.runtime;

import chat.starling.api.v1.Close;
import chat.starling.gateway.delivery.Downlink;

/** A session's stream, whatever carries it. Used on the session's event loop only. */
public interface Connection extends Downlink {

  /** Ends the stream with the status of the close's refusal, after everything written. */
  void end(Close close);

  /** Ends the stream with OK, after everything written. */
  void finish();

  /** The session takes frames again. */
  void readOn();
}
