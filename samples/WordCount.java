package samples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import procession.Args;
import procession.Check;
import procession.Options;
import procession.Pace;
import procession.Pool;
import procession.Process;
import procession.Procession;
import procession.Queue;
import procession.Scenario;
import procession.Semaphore;
import procession.UsageException;

/**
 * A pool of workers counts the words of the files of a folder: one task for each file, whose counts come back as its value. On a terminal
 * it shows how far it is.
 *
 * <p>{@code --kill-one} kills a worker in the middle of a task. The pool starts another in its place, and as the tasks may be repeated, the
 * one that was lost is done again: nothing is missing, nothing is counted twice. A count that a task had added to something shared would be
 * counted twice, so tasks that may be repeated give what they found as their value.
 */
@Scenario(name = "word-count", about = "A pool of workers counts the words of the files of a folder.")
public final class WordCount {

    private static final String NAME = "word-count";
    private static final Pattern WORD = Pattern.compile("\\p{L}+");
    private static final int TOP = 5;

    private WordCount() {}

    /** Has one task wait to be killed: the one that gets the permit, which stays away. It says who it is. */
    private record Trap(Semaphore permit, Queue<String> caught) {}

    /** What the pool found, and which worker was killed; null for none. */
    private record Found(Map<String, Integer> counts, String killed) {}

    public static void main(String[] args) throws InterruptedException, IOException {
        var options = Options.of(WordCount.class)
                .text("folder", null, "count the files there, and in its folders (default: files made up for it)")
                .count("files", 40, "how many files are made up")
                .count("workers", 4, "how many workers the pool has")
                .flag("kill-one", "kill a worker in the middle of a task")
                .pace(0.1)
                .parse(args);
        if (options.count("workers") == 0) {
            throw new UsageException("--workers 0 leaves nobody to count.");
        }
        boolean own = options.text("folder") != null;
        var folder = own ? Path.of(options.text("folder")) : madeUp(options.count("files"), options.pace());
        var files = files(folder);
        if (files.isEmpty() && options.flag("kill-one")) {
            throw new UsageException("--kill-one kills a worker in the middle of a task, and there is no file to count in " + folder + ".");
        }
        var check = Check.of(NAME);
        Found found;
        try (var run = Procession.start()) {
            found = counted(run, files, options, check);
        }
        var expected = new TreeMap<String, Integer>();
        for (var file : files) {
            add(words(file), expected);
        }
        check.that(found.counts().equals(expected), "the pool counted " + total(found.counts()) + " words, and main " + total(expected));
        top(found.counts());
        check.finish(total(expected) + " words in " + files.size() + " files, " + expected.size() + " of them different; main counts the"
                + " same" + (found.killed() == null ? "" : "; " + found.killed() + " was killed in a task, which another worker repeated"));
    }

    private static Found counted(Procession run, List<String> files, Options.Values options, Check check) throws InterruptedException {
        var trap = options.flag("kill-one") ? new Trap(run.semaphore(1).unowned(), run.queue()) : null;
        var counts = new TreeMap<String, Integer>();
        String killed = null;
        try (var pool = run.pool(options.count("workers"))) {
            var tasks = files.stream().map(file -> Args.of(file, trap, options.pace())).toList();
            // One at a time, as files may be large: a chunk of several is lost, and repeated, as a whole.
            var batch = pool.repeatable().starmap(WordCount::count, tasks, 1).withProgress();
            if (trap != null) {
                killed = killed(pool, trap);
            }
            for (var ofFile : batch.get()) {
                add(ofFile, counts);
            }
            var workers = pool.workers().stream().map(Process::name).toList();
            check.that(killed == null || workers.size() == options.count("workers") && !workers.contains(killed),
                    killed + " was not replaced: the workers are " + workers);
        }
        return new Found(counts, killed);
    }

    private static String killed(Pool pool, Trap trap) throws InterruptedException {
        var name = trap.caught().get();
        var worker = pool.workers().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
        System.out.println("main kills " + name + ", in the middle of a task");
        worker.kill();
        return name;
    }

    /** The task. What it returns travels back. */
    private static Map<String, Integer> count(String file, Trap trap, Pace pace) throws InterruptedException, IOException {
        var counts = words(file);
        pace.sleep(pace.random(file), 0, 1);
        if (trap != null && trap.permit().tryAcquire().isPresent()) {
            trap.caught().put(Procession.currentProcess().name());
            Thread.sleep(Duration.ofDays(1));
        }
        return counts;
    }

    private static Map<String, Integer> words(String file) throws IOException {
        var counts = new TreeMap<String, Integer>();
        // Bytes that are no text become characters that are no letters.
        var words = WORD.matcher(new String(Files.readAllBytes(Path.of(file)), StandardCharsets.UTF_8));
        while (words.find()) {
            counts.merge(words.group().toLowerCase(Locale.ROOT), 1, Integer::sum);
        }
        return counts;
    }

    private static void add(Map<String, Integer> counts, Map<String, Integer> all) {
        counts.forEach((word, count) -> all.merge(word, count, Integer::sum));
    }

    private static int total(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static void top(Map<String, Integer> counts) {
        counts.entrySet().stream().sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())).limit(TOP)
                .forEach(entry -> System.out.println("%7d %s".formatted(entry.getValue(), entry.getKey())));
    }

    private static List<String> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new UsageException("--folder names no folder: " + folder + ".");
        }
        try (var all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).map(file -> file.toAbsolutePath().toString()).sorted().toList();
        }
    }

    // Files to count, where nobody has named any.

    /** In a folder of its own, gone when main is. */
    private static Path madeUp(int files, Pace pace) throws IOException {
        var folder = Files.createTempDirectory("word-count-");
        folder.toFile().deleteOnExit();
        for (int i = 1; i <= files; i++) {
            var file = folder.resolve("text-%03d.txt".formatted(i));
            file.toFile().deleteOnExit();
            Files.writeString(file, text(pace, file.getFileName().toString()));
        }
        return folder;
    }

    /** Some sentences. As in all languages, a few words are in most of them. */
    private static String text(Pace pace, String name) {
        var words = List.of("the", "of", "a", "and", "to", "in", "process", "waits", "lock", "for", "queue", "holds", "worker", "permit",
                "before", "message", "barrier", "every", "event", "nobody", "reaches", "keeper", "last", "pipe");
        var random = pace.random(name);
        var sentences = new ArrayList<String>();
        int count = random.nextInt(20, 200);
        for (int i = 0; i < count; i++) {
            sentences.add(random.ints(random.nextInt(4, 16), 0, words.size())
                    .map(place -> random.nextInt(place + 1)).mapToObj(words::get).collect(Collectors.joining(" ", "", ".\n")));
        }
        return String.join("", sentences);
    }
}
