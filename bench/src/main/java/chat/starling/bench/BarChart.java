package chat.starling.bench;

import java.util.List;
import java.util.Locale;

/**
 * Horizontal bars, drawn as SVG.
 *
 * @param title what is shown, with its unit
 * @param bars from top to bottom
 */
record BarChart(String title, List<Bar> bars) {

  /** One of them. */
  record Bar(String label, double value) {}

  private static final int WIDTH = 760;
  private static final int LABELS = 190;
  private static final int LONGEST = 440;
  private static final int TITLE_HEIGHT = 44;
  private static final int ROW = 26;
  private static final int BAR = 18;
  private static final int TEXT_DOWN = 14;

  BarChart {
    bars = List.copyOf(bars);
  }

  /** Charts, one below the other, as a file that any browser shows. */
  static String svg(List<BarChart> charts) {
    int height = charts.stream().mapToInt(BarChart::height).sum();
    var out = new StringBuilder();
    out.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" \
        font-family="sans-serif" font-size="13">
        <rect width="%1$d" height="%2$d" fill="#ffffff"/>
        """
            .formatted(WIDTH, height));
    int top = 0;
    for (BarChart chart : charts) {
      chart.draw(top, out);
      top += chart.height();
    }
    return out.append("</svg>\n").toString();
  }

  private int height() {
    return TITLE_HEIGHT + ROW * bars.size() + ROW / 2;
  }

  private void draw(int top, StringBuilder out) {
    out.append(text(16, top + 28, "start", " font-weight=\"bold\"", title));
    double most = bars.stream().mapToDouble(Bar::value).max().orElse(1);
    int row = top + TITLE_HEIGHT;
    for (Bar bar : bars) {
      double length = most > 0 ? Math.max(1, LONGEST * bar.value / most) : 1;
      out.append(text(LABELS - 10, row + TEXT_DOWN, "end", "", bar.label));
      out.append(
          String.format(
              Locale.ROOT,
              "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#3b6ea5\"/>%n",
              LABELS,
              row,
              length,
              BAR));
      out.append(
          text((int) (LABELS + length + 8), row + TEXT_DOWN, "start", "", figure(bar.value)));
      row += ROW;
    }
  }

  private static String figure(double value) {
    return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : "%.3g", value);
  }

  private static String text(int x, int y, String anchor, String more, String text) {
    return "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\"%s>%s</text>%n"
        .formatted(x, y, anchor, more, escaped(text));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
