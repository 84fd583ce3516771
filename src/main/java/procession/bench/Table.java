package procession.bench;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a person reads. */
record Table(PrintStream out) {

    void configuration(Map<String, String> told, boolean quick) {
        out.println("Configuration");
        told.forEach((name, value) -> out.println(row("  %-12s %s", name, value)));
        if (quick) {
            out.println("  --quick: tiny counts, and 2 or 3 processes instead of 8, 20 or 100. It shows that everything works; its figures say"
                    + " nothing.");
        }
        out.println();
        out.println(row("%-28s %12s %-9s %12s  %s", "name", "value", "unit", "p99", "median; what it is"));
        out.flush();
    }

    void line(Line line, Measured measured) {
        var p99 = Double.isNaN(measured.p99()) ? "" : number(measured.p99());
        out.println(row("%-28s %12s %-9s %12s  %s", line.name(), number(measured.median()), line.unit(), p99, line.about()));
        out.flush();
    }

    void left(String name, String why) {
        out.println(row("%-28s %12s %s", name, "–", why));
        out.flush();
    }

    /** The ratios of what was measured. */
    void reaches(List<Reach> reaches, Map<String, Double> medians, boolean quick) {
        out.println();
        out.println(row("%-56s %10s %10s", "ratio, within this run", "value", "reach"));
        for (var reach : reaches) {
            double value = reach.ratio().of(medians);
            out.println(row("%-56s %10s %10s  %s", reach.words(), number(value), bound(reach), verdict(reach, value, quick)).stripTrailing());
        }
        out.flush();
    }

    private static String bound(Reach reach) {
        return reach.isShownOnly() ? "" : (reach.atMost() ? "≤ " : "≥ ") + plain(reach.bound());
    }

    private static String verdict(Reach reach, double value, boolean quick) {
        if (reach.isShownOnly() || quick) {
            return "";
        }
        return reach.isMet(value) ? "met" : "NOT MET";
    }

    static String number(double value) {
        double size = Math.abs(value);
        return row(size >= 1000 || value == Math.rint(value) ? "%.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f", value);
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? row("%.0f", value) : String.valueOf(value);
    }

    private static String row(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
