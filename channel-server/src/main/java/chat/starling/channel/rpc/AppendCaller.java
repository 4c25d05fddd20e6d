package chat.starling.channel.rpc;

import chat.starling.api.internal.v1.AppendResponse;
import chat.starling.api.v1.Refusal;

/** Whoever waits for the one answer to an append, by whichever rpc. Told from any thread. */
interface AppendCaller {

  /** It is durable. */
  void appended(AppendResponse response);

  /** It was not done; or, with TIMEOUT, nobody knows. */
  void refused(Refusal refusal);
}
