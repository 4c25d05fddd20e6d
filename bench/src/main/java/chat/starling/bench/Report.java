package chat.starling.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a benchmark says: lines on the terminal, and the same with all figures in files. */
final class Report {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final PrintStream out;
  private final String bench;
  private final Instant begun;
  private final List<String> lines = new ArrayList<>();
  private final List<BarChart> charts = new ArrayList<>();
  private final Map<String, Object> figures = new LinkedHashMap<>();

  Report(PrintStream out, String bench, Instant begun, Map<String, Object> options) {
    this.out = out;
    this.bench = bench;
    this.begun = begun;
    figures.put("bench", bench);
    figures.put("begun", begun.toString());
    figures.put("processors", Runtime.getRuntime().availableProcessors());
    figures.put("java", Runtime.version().toString());
    figures.put("options", options);
  }

  /** Shows a line that is a result. */
  void line(String line) {
    out.println(line);
    lines.add(line);
  }

  /** Shows a line that is only of interest while the benchmark runs. */
  void progress(String line) {
    out.println("    " + line);
  }

  /** Notes a figure, or a map of them. */
  void figure(String name, Object value) {
    figures.put(name, value);
  }

  /** Adds a chart below those that are there. */
  void chart(String title, List<BarChart.Bar> bars) {
    charts.add(new BarChart(title, bars));
  }

  /** Writes the files and says where they are. */
  void write(Path folder) {
    String name = bench + "-" + STAMP.format(begun);
    try {
      Files.createDirectories(folder);
      Files.write(folder.resolve(name + ".txt"), lines);
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValue(folder.resolve(name + ".json").toFile(), figures);
      if (!charts.isEmpty()) {
        Files.writeString(folder.resolve(name + ".svg"), BarChart.svg(charts));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String chart = charts.isEmpty() ? "" : " and .svg";
    out.println("results: " + folder.resolve(name) + ".txt, .json" + chart);
  }
}
