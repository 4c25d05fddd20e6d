package chat.starling.bench;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.bench.BarChart.Bar;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class BarChartTest {

  @Test
  void svg_ofTwoCharts_isWellFormedAndHasABarForEachValueInProportion() throws Exception {
    NodeList rects =
        parsed(
                List.of(
                    new BarChart("a < b & c", List.of(new Bar("half", 5), new Bar("whole", 10))),
                    new BarChart("nothing", List.of(new Bar("zero", 0)))))
            .getElementsByTagName("rect");
    List<Double> widths =
        IntStream.range(0, rects.getLength())
            .mapToObj(i -> (Element) rects.item(i))
            .map(rect -> Double.parseDouble(rect.getAttribute("width")))
            .toList();
    assertThat(widths).hasSize(4); // the background is the first
    assertThat(widths.get(1) * 2).isEqualTo(widths.get(2));
    assertThat(widths.get(3)).isEqualTo(1);
  }

  @Test
  void svg_ofTexts_showsThemAsTheyAre() throws Exception {
    Element svg = parsed(List.of(new BarChart("a < b & c", List.of(new Bar("x", 12_345)))));
    assertThat(svg.getTextContent()).contains("a < b & c", "x", "12,345");
  }

  private static Element parsed(List<BarChart> charts) throws Exception {
    byte[] svg = BarChart.svg(charts).getBytes(StandardCharsets.UTF_8);
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg))
        .getDocumentElement();
  }
}
