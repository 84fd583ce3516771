package procession.bench;

import java.util.Arrays;
import java.util.List;

/**
 * What was measured for a line.
 *
 * @param name the line
 * @param values one for each round
 * @param p99 of a latency; NaN where the line is none
 */
record Measured(String name, List<Double> values, double p99) {

    private static final String MARK = "measured\t";

    double median() {
        var sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** A line of text, in which it crosses from one JVM to another. */
    String text() {
        return MARK + name + "\t" + p99 + "\t" + String.join(" ", values.stream().map(String::valueOf).toList());
    }

    static boolean isText(String line) {
        return line.startsWith(MARK);
    }

    static Measured parse(String line) {
        var parts = line.substring(MARK.length()).split("\t");
        return new Measured(parts[0], Arrays.stream(parts[2].split(" ")).map(Double::valueOf).toList(), Double.parseDouble(parts[1]));
    }
}
