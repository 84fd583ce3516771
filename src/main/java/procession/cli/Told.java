package procession.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import procession.ask.Fields;

/** What answers say, in words for people. */
final class Told {

    private static final int MINUTE = 60;
    private static final int HOUR = 3600;
    private static final long MEGABYTE = 1 << 20;
    private static final int NAMES = 2;

    private Told() {}

    /** {@code 3.2 s}, {@code 2 min 5 s}, {@code 3 h 4 min}. */
    static String lasting(double seconds) {
        if (seconds < MINUTE) {
            return String.format(Locale.ROOT, "%.1f s", Math.floor(seconds * 10) / 10);
        }
        long whole = (long) seconds;
        return whole < HOUR ? whole / MINUTE + " min " + whole % MINUTE + " s" : whole / HOUR + " h " + whole % HOUR / MINUTE + " min";
    }

    static String lasting(Fields fields, String name) {
        var seconds = fields.decimal(name);
        return seconds.isPresent() ? lasting(seconds.getAsDouble()) : "";
    }

    static String memory(long bytes) {
        return bytes == 0 ? "" : bytes / MEGABYTE + " MB";
    }

    static String counted(long count, String one) {
        return count + " " + (count == 1 ? one : one.endsWith("s") ? one + "es" : one + "s");
    }

    /** {@code lock 'tickets'}. */
    static String label(Fields thing) {
        return thing.text("kind") + " " + (thing.text("name").isEmpty() ? thing.text("id") : "'" + thing.text("name") + "'");
    }

    /** {@code a semaphore of 5} as {@code semaphore of 5}. */
    static String spec(Fields primitive) {
        return primitive.text("spec").replaceFirst("^an? ", "");
    }

    /** What a process waits for; the first of it. */
    static String waits(Fields process) {
        var waits = process.list("waits");
        return waits.isEmpty() ? "" : label(waits.getFirst()) + " for " + lasting(waits.getFirst(), "seconds")
                + more(process.number("waiting") - 1);
    }

    /** What a process has; the first of it. */
    static String holds(Fields process) {
        var shown = process.list("holds").stream().limit(NAMES).map(Told::hold).collect(Collectors.joining(", "));
        return shown.isEmpty() ? "" : shown + more(process.number("holding") - Math.min(NAMES, process.list("holds").size()));
    }

    private static String more(long count) {
        return count <= 0 ? "" : " +" + count;
    }

    /** {@code lock 'tickets'}, {@code lock 'tickets' (lent)}, {@code 2 permits of semaphore 'pool'}. */
    static String hold(Fields hold) {
        return switch (hold.text("how")) {
            case "lent" -> label(hold) + " (lent)";
            case "read" -> label(hold) + " (reads)";
            case "written" -> label(hold) + " (writes)";
            case "owed" -> counted(hold.number("units"), "permit") + " of " + label(hold);
            case "taken" -> counted(hold.number("units"), "item") + " of " + label(hold);
            default -> label(hold) + (hold.number("units") > 1 ? " (" + hold.number("units") + " times)" : "");
        };
    }

    /** How a primitive is, in a few words. */
    static String state(Fields primitive) {
        var counts = primitive.object("counts");
        var words = new ArrayList<String>();
        switch (lastWord(primitive.text("kind"))) {
            case "lock" -> {
                words.add(primitive.list("holders").isEmpty() ? "free" : had(primitive));
                add(words, counts.number("sleeping"), "asleep");
            }
            case "semaphore" -> {
                words.add(counts.number("value") + " free");
                if (!primitive.list("holders").isEmpty()) {
                    words.add(had(primitive));
                }
            }
            case "event" -> words.add(counts.number("set") == 1 ? "set" : "not set");
            case "barrier" -> words.add(counts.number("broken") == 1 ? "broken" : counts.number("acting") == 1 ? "its action runs"
                    : primitive.number("waiting") + " of " + counts.number("parties") + " have come");
            case "latch" -> words.add(counts.number("count") + " missing");
            case "queue" -> queue(words, primitive, counts);
            case "pipe" -> words.add(counts.number("to-first") + " to end 1, " + counts.number("to-second") + " to end 2");
            case "counter" -> words.add("value " + counts.number("value"));
            case "cell" -> words.add("version " + counts.number("version"));
            case "map" -> words.add(counts.number("size") + " entries, version " + counts.number("version"));
            default -> counts.all().forEach((name, count) -> words.add(name + " " + count));
        }
        return String.join("; ", words);
    }

    private static void queue(List<String> words, Fields primitive, Fields counts) {
        words.add(counted(counts.number("size"), "item") + (counts.number("full") == 1 ? ", full" : ""));
        if (!primitive.list("holders").isEmpty()) {
            words.add(had(primitive));
        }
        if (primitive.text("kind").startsWith("joinable")) {
            add(words, counts.number("unfinished"), "unfinished");
        }
        add(words, counts.number("dead-letters"), "dead");
        if (counts.number("shut-down") == 1) {
            words.add("shut down");
        }
    }

    private static void add(List<String> words, long count, String what) {
        if (count > 0) {
            words.add(count + " " + what);
        }
    }

    private static String lastWord(String kind) {
        return kind.substring(kind.lastIndexOf(' ') + 1);
    }

    /** By whom it is held, and since when if that is one. */
    private static String had(Fields primitive) {
        var holders = primitive.list("holders");
        var names = holders.stream().limit(NAMES).map(Told::who).collect(Collectors.joining(", "));
        var how = switch (holders.getFirst().text("how")) {
            case "lent" -> "lent to ";
            case "read" -> "read by ";
            case "written" -> "written by ";
            case "owed" -> "owed by ";
            case "taken" -> "taken by ";
            default -> "held by ";
        };
        return how + names + more(primitive.number("holding") - NAMES)
                + (holders.size() == 1 ? ", " + lasting(holders.getFirst(), "seconds") : "");
    }

    /** A process, or one who holds or waits. */
    static String who(Fields one) {
        return one.text("process") + one.text("name") + " (" + one.number("pid") + ")";
    }

    /** Who waits: how many, and the first of them. */
    static String waiters(Fields primitive) {
        long all = primitive.number("waiting");
        return all == 0 ? "" : all + ": " + primitive.list("waiters").stream().limit(NAMES).map(waiter -> waiter.text("process"))
                .collect(Collectors.joining(", ")) + (all > NAMES ? ", …" : "");
    }
}
