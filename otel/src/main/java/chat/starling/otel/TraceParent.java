package chat.starling.otel;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;

/**
 * The W3C trace context header, version 00, as one line of text: {@code 00-<trace id>-<span
 * id>-<flags>}.
 *
 * <p>It takes a propagator's place where the carrier is a single field, so that a message that
 * nobody traces costs one comparison and no object.
 */
public final class TraceParent {

  private static final String VERSION = "00-";
  private static final int TRACE_ID = VERSION.length();
  private static final int SPAN_ID = TRACE_ID + TraceId.getLength() + 1;
  private static final int FLAGS = SPAN_ID + SpanId.getLength() + 1;
  private static final int LENGTH = FLAGS + TraceFlags.getLength();

  private TraceParent() {}

  /**
   * The context's span in text, or "" when there is none or it is not sampled: nothing is carried
   * for a message that leaves no trace.
   */
  public static String of(Context context) {
    SpanContext span = Span.fromContext(context).getSpanContext();
    if (!span.isValid() || !span.isSampled()) {
      return "";
    }
    return VERSION
        + span.getTraceId()
        + '-'
        + span.getSpanId()
        + '-'
        + span.getTraceFlags().asHex();
  }

  /**
   * A root context whose parent is the remote span that the text names, with its decision whether
   * to sample; {@link Context#root()} when the text is empty or anything but a version 00
   * traceparent. Never fails: what a stranger sends must not cost a message.
   */
  public static Context into(String traceparent) {
    if (traceparent.isEmpty() || !isWellFormed(traceparent)) {
      return Context.root();
    }
    SpanContext span =
        SpanContext.createFromRemoteParent(
            traceparent.substring(TRACE_ID, SPAN_ID - 1),
            traceparent.substring(SPAN_ID, FLAGS - 1),
            TraceFlags.fromHex(traceparent, FLAGS),
            TraceState.getDefault());
    return span.isValid() ? Context.root().with(Span.wrap(span)) : Context.root();
  }

  private static boolean isWellFormed(String text) {
    return text.length() == LENGTH
        && text.startsWith(VERSION)
        && text.charAt(SPAN_ID - 1) == '-'
        && text.charAt(FLAGS - 1) == '-'
        && isHex(text, TRACE_ID, SPAN_ID - 1)
        && isHex(text, SPAN_ID, FLAGS - 1)
        && isHex(text, FLAGS, LENGTH);
  }

  private static boolean isHex(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) {
        return false;
      }
    }
    return true;
  }
}
