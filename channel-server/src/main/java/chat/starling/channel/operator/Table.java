package chat.starling.channel.operator;

import java.util.ArrayList;
import java.util.List;

/** Rows of text in columns as wide as their widest cell; numbers stand to the right. */
final class Table {

  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  Table(String... heads) {
    row((Object[]) heads);
  }

  /** One more row. A row with fewer cells than there are columns ends earlier. */
  void row(Object... cells) {
    List<String> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(String.valueOf(cell));
    }
    rows.add(row);
  }

  /** The lines, heads first. */
  List<String> lines() {
    return rows.stream().map(this::line).toList();
  }

  private String line(List<String> row) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      String cell = row.get(column);
      String space = " ".repeat(width(column) - Math.min(width(column), cell.length()));
      line.append(column == 0 ? "" : GAP);
      line.append(isNumber(column) ? space + cell : cell + space);
    }
    return line.toString().stripTrailing();
  }

  /** A row's last cell may be a remark that runs over the columns behind it. */
  private int width(int column) {
    return rows.stream()
        .filter(row -> column < row.size() - 1 || row.size() == rows.getFirst().size())
        .filter(row -> column < row.size())
        .mapToInt(row -> row.get(column).length())
        .max()
        .orElse(0);
  }

  private boolean isNumber(int column) {
    return rows.stream()
        .skip(1)
        .filter(row -> column < row.size() && row.size() == rows.getFirst().size())
        .allMatch(row -> row.get(column).matches("[0-9]+(\\.\\.[0-9]+)?|-"));
  }
}
