package procession.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** A table whose columns are as wide as what is in them. */
final class Columns {

    private static final int BETWEEN = 2;

    private final List<List<String>> rows = new ArrayList<>();
    private final List<Boolean> toTheRight;

    /** With these headings; a heading that begins with {@code >} is of numbers, which stand to the right. */
    Columns(String... headings) {
        toTheRight = List.of(headings).stream().map(heading -> heading.startsWith(">")).toList();
        rows.add(List.of(headings).stream().map(heading -> heading.startsWith(">") ? heading.substring(1) : heading).toList());
    }

    void row(String... cells) {
        rows.add(List.of(cells));
    }

    /** Columns without anything in them are left out. */
    void print(PrintStream out) {
        var shown = new ArrayList<Integer>();
        for (int column = 0; column < toTheRight.size(); column++) {
            if (width(rows.subList(1, rows.size()), column) > 0) {
                shown.add(column);
            }
        }
        for (var row : rows) {
            var line = new StringBuilder();
            for (int column : shown) {
                var cell = row.get(column);
                var fill = " ".repeat(width(rows, column) - cell.length());
                line.append(line.isEmpty() ? "" : " ".repeat(BETWEEN)).append(toTheRight.get(column) ? fill + cell : cell + fill);
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
