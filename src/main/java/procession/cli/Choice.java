package procession.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.List;
import java.util.function.Function;
import procession.UsageException;
import procession.node.Terminal;

/** Which of several is meant: somebody at a terminal is asked; otherwise that is refused, with what to do. */
final class Choice {

    private static final int MOST = 20;

    private Choice() {}

    /**
     * One of several.
     *
     * @param what what they are, for the question: {@code Which run?}
     * @param all at least one
     * @param label what a person may type, or choose by its number
     * @param refusal what is said where nobody can be asked; behind it comes the list
     * @throws UsageException if nobody can be asked, or chooses none
     */
    static <T> T of(String what, List<T> all, Function<T, String> label, String refusal) {
        if (all.size() == 1) {
            return all.getFirst();
        }
        var labels = all.stream().map(label).toList();
        if (!Terminal.isInteractive()) {
            throw new UsageException(refusal + " " + shown(labels) + ".");
        }
        System.err.println(what);
        for (int i = 0; i < labels.size(); i++) {
            System.err.println("  " + (i + 1) + "  " + labels.get(i));
        }
        System.err.print("Number or name: ");
        System.err.flush();
        return all.get(index(typed(), labels));
    }

    private static String shown(List<String> labels) {
        return String.join(", ", labels.subList(0, Math.min(MOST, labels.size())))
                + (labels.size() > MOST ? " and " + (labels.size() - MOST) + " more" : "");
    }

    private static String typed() {
        try {
            var line = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
            return line == null ? "" : line.strip();
        } catch (IOException gone) {
            return "";
        }
    }

    static int index(String typed, List<String> labels) {
        if (typed.isEmpty()) {
            throw new UsageException("Nothing was chosen.");
        }
        var begun = labels.stream().filter(label -> label.equals(typed) || label.startsWith(typed + " ")).findFirst();
        if (begun.isPresent()) {
            return labels.indexOf(begun.get());
        }
        if (typed.matches("\\d{1,6}") && Integer.parseInt(typed) >= 1 && Integer.parseInt(typed) <= labels.size()) {
            return Integer.parseInt(typed) - 1;
        }
        throw new UsageException("'" + typed + "' is none of these.");
    }
}
