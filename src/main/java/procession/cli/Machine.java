package procession.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * What there is of this machine for so many processes. Of what a system does not tell, as macOS does not tell most of it, nothing is found.
 *
 * @param processes how many
 * @param root where the files of the system are
 */
record Machine(int processes, Path root) {

    /** What a process of the samples takes, pages that it shares with others counted in part (the README's figure). */
    static final long MEGABYTES_EACH = 70;
    /** The same of the main process. */
    static final long MEGABYTES_OF_MAIN = 200;
    /** A JVM with a small node in it. */
    static final long THREADS_EACH = 30;
    /** What the main process has open for a child: three pipes and two connections, and of its own. */
    static final long FILES_EACH = 6;
    static final long FILES_OF_MAIN = 200;

    private static final long MEGABYTE = 1024 * 1024;
    private static final long LITTLE_SPACE = 200;

    List<Finding> findings() {
        return List.of(system(), memory(), threads(), files(), temporary(), clock());
    }

    private static Finding system() {
        var name = System.getProperty("os.name");
        var found = name + " " + System.getProperty("os.version") + ", " + System.getProperty("os.arch") + ", "
                + Runtime.getRuntime().availableProcessors() + " processors";
        return name.equals("Linux") ? Finding.ok("system", found) : name.toLowerCase(Locale.ROOT).contains("mac")
                ? Finding.warn("system", found, "Procession is tested on Linux; on macOS it is expected to work.", "Report what does not.")
                : Finding.fail("system", found, "Signals, pids and folders are used as Linux has them.", "Use Linux, macOS or WSL.");
    }

    // What there is.

    private OptionalLong availableMemory() {
        long least = Math.min(line("proc/meminfo", "MemAvailable:").orElse(Long.MAX_VALUE / 2048) * 1024, leftInGroup("memory"));
        return least >= Long.MAX_VALUE / 4 ? OptionalLong.empty() : OptionalLong.of(least / MEGABYTE);
    }

    /** What the group of processes that a container is may still take: its limit, less what it has taken. */
    private long leftInGroup(String kind) {
        var folder = root.resolve("sys/fs/cgroup");
        long most = number(folder.resolve(kind + ".max")).orElse(Long.MAX_VALUE);
        return most == Long.MAX_VALUE ? most : most - number(folder.resolve(kind + ".current")).orElse(0);
    }

    private OptionalLong line(String file, String begin) {
        return lines(root.resolve(file)).stream().filter(line -> line.startsWith(begin))
                .map(line -> line.substring(begin.length()).strip().split("\\s+")[0]).mapToLong(Machine::parsed).findFirst();
    }

    private static OptionalLong number(Path file) {
        var lines = lines(file);
        return lines.isEmpty() ? OptionalLong.empty() : OptionalLong.of(parsed(lines.getFirst().strip()));
    }

    private static long parsed(String number) {
        return number.matches("\\d{1,18}") ? Long.parseLong(number) : Long.MAX_VALUE;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException notThere) {
            return List.of();
        }
    }

    // What that is good for.

    private Finding memory() {
        long needed = MEGABYTES_OF_MAIN + processes * MEGABYTES_EACH;
        var available = availableMemory();
        if (available.isEmpty()) {
            return Finding.ok("memory", "not told by this system; " + processes + " processes take some " + needed + " MB");
        }
        long there = available.getAsLong();
        var found = there + " MB available; " + processes + " processes take some " + needed + " MB";
        var cure = "Close other programs, or start fewer: there is room for some "
                + Math.max(0, (there - MEGABYTES_OF_MAIN) / MEGABYTES_EACH) + ".";
        return there < needed ? Finding.fail("memory", found, "The system ends processes when memory runs out.", cure)
                : there < needed + needed / 2 ? Finding.warn("memory", found, "Bodies that fill their heaps (256 MB each) need more.", cure)
                : Finding.ok("memory", found);
    }

    private Finding threads() {
        long needed = (processes + 1) * THREADS_EACH;
        long limit = Math.min(line("proc/self/limits", "Max processes").orElse(Long.MAX_VALUE), leftInGroup("pids"));
        return limit == Long.MAX_VALUE ? Finding.ok("threads", "no limit; " + processes + " processes take some " + needed)
                : limited("threads", limit, needed, "Each thread counts as a process of yours, those of other programs too.",
                        "Raise `ulimit -u`, or the container's limit of pids.");
    }

    private Finding files() {
        return limited("open files", line("proc/self/limits", "Max open files").orElse(Long.MAX_VALUE),
                FILES_OF_MAIN + processes * FILES_EACH, "The main process has pipes and connections of each child open.",
                "Raise `ulimit -n`.");
    }

    private Finding limited(String what, long limit, long needed, String why, String cure) {
        var found = (limit == Long.MAX_VALUE ? "no limit" : "at most " + limit) + "; " + processes + " processes take some " + needed;
        return limit < needed ? Finding.fail(what, found, why, cure) : Finding.ok(what, found);
    }

    private static Finding temporary() {
        var folder = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            Files.delete(Files.createTempFile(folder, "procession", ""));
            long space = Files.getFileStore(folder).getUsableSpace() / MEGABYTE;
            var found = folder + ", " + space + " MB free";
            return space >= LITTLE_SPACE ? Finding.ok("temporary", found) : Finding.warn("temporary", found,
                    "Scenario files are compiled there, and samples have their files there.", "Make room, or set java.io.tmpdir.");
        } catch (IOException unusable) {
            return Finding.fail("temporary", folder + " cannot be written to: " + unusable.getMessage(),
                    "Runs are found there, and scenario files are compiled there.", "Give yourself write access, or set java.io.tmpdir.");
        }
    }

    private Finding clock() {
        var source = lines(root.resolve("sys/devices/system/clocksource/clocksource0/current_clocksource"));
        var found = source.isEmpty() ? "not told by this system" : source.getFirst();
        return !List.of("hpet", "acpi_pm", "jiffies").contains(found) ? Finding.ok("clock", found)
                : Finding.warn("clock", found, "Reading this clock is slow, and each call reads it.",
                        "Choose tsc, if your machine has it, at /sys/devices/system/clocksource.");
    }
}
