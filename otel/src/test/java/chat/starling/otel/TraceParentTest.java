package chat.starling.otel;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";
  private static final String SAMPLED = "00-" + TRACE + "-" + SPAN + "-01";

  @Test
  void of_sampledSpan_isVersion00Line() {
    assertThat(TraceParent.of(context(TraceFlags.getSampled()))).isEqualTo(SAMPLED);
  }

  @Test
  void of_unsampledSpan_isEmpty() {
    assertThat(TraceParent.of(context(TraceFlags.getDefault()))).isEmpty();
  }

  @Test
  void of_noSpan_isEmpty() {
    assertThat(TraceParent.of(Context.root())).isEmpty();
  }

  @Test
  void into_sampledLine_isRemoteSampledParent() {
    SpanContext parent = spanOf(SAMPLED);
    assertThat(parent.getTraceId()).isEqualTo(TRACE);
    assertThat(parent.getSpanId()).isEqualTo(SPAN);
    assertThat(parent.isSampled()).isTrue();
    assertThat(parent.isRemote()).isTrue();
  }

  @Test
  void into_unsampledLine_keepsTheDecision() {
    SpanContext parent = spanOf("00-" + TRACE + "-" + SPAN + "-00");
    assertThat(parent.isValid()).isTrue();
    assertThat(parent.isSampled()).isFalse();
  }

  @Test
  void into_allFlags_carriesThemOn() {
    assertThat(TraceParent.of(TraceParent.into("00-" + TRACE + "-" + SPAN + "-03")))
        .isEqualTo("00-" + TRACE + "-" + SPAN + "-03");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "00-" + TRACE + "-" + SPAN + "-0",
        "00-" + TRACE + "-" + SPAN + "-01-",
        "00-" + TRACE + "-" + SPAN + "-0g",
        "00-" + TRACE + "-" + SPAN + "-0A",
        "00-" + TRACE + "_" + SPAN + "-01",
        "00-" + TRACE + "-" + SPAN + "_01",
        "01-" + TRACE + "-" + SPAN + "-01",
        "ff-" + TRACE + "-" + SPAN + "-01",
        "00-00000000000000000000000000000000-" + SPAN + "-01",
        "00-" + TRACE + "-0000000000000000-01",
        "00-0AF7651916CD43DD8448EB211C80319C-" + SPAN + "-01",
        "00-é¤f7651916cd43dd8448eb211c80319c-" + SPAN + "-01",
        " " + SAMPLED,
        SAMPLED + " ",
      })
  void into_malformed_isRoot(String text) {
    assertThat(TraceParent.into(text)).isSameAs(Context.root());
  }

  @Test
  void into_overLong_isRoot() {
    assertThat(TraceParent.into(SAMPLED.repeat(100_000))).isSameAs(Context.root());
  }

  @Test
  void into_oneCharacterChanged_isRootOrTheSameLineAgain() {
    Random random = new Random(20_260_101);
    for (int i = 0; i < 100_000; i++) {
      String text = changed(random);
      Context context = TraceParent.into(text);
      assertThat(context.equals(Context.root()) || carries(context, text)).as(text).isTrue();
    }
  }

  /** A well-formed line with one position replaced by any character, and now and then cut. */
  private static String changed(Random random) {
    StringBuilder line = new StringBuilder(SAMPLED);
    char any = (char) (random.nextBoolean() ? random.nextInt(128) : random.nextInt(0x10000));
    line.setCharAt(random.nextInt(line.length()), any);
    return random.nextInt(8) == 0 ? line.substring(random.nextInt(line.length())) : line.toString();
  }

  private static boolean carries(Context context, String text) {
    SpanContext span = Span.fromContext(context).getSpanContext();
    String rebuilt =
        "00-" + span.getTraceId() + "-" + span.getSpanId() + "-" + span.getTraceFlags().asHex();
    return span.isValid() && rebuilt.equals(text);
  }

  private static SpanContext spanOf(String traceparent) {
    return Span.fromContext(TraceParent.into(traceparent)).getSpanContext();
  }

  private static Context context(TraceFlags flags) {
    SpanContext span = SpanContext.create(TRACE, SPAN, flags, TraceState.getDefault());
    return Context.root().with(Span.wrap(span));
  }
}
