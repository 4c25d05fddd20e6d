package chat.starling.gateway.frames;

import chat.starling.gateway.runtime.Connection;
import com.linecorp.armeria.common.HttpResponse;

/** A session's stream as the response to the request that opened it. */
public interface ClientStream extends Connection {

  /** What Armeria is to answer. */
  HttpResponse response();
}
