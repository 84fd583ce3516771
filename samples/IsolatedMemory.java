package samples;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import procession.Body;
import procession.Check;
import procession.Event;
import procession.Options;
import procession.Pace;
import procession.Process;
import procession.Procession;
import procession.Queue;
import procession.Scenario;
import procession.Semaphore;

/**
 * Every process has a memory of its own: what a child writes into a static field, main never sees. So processes talk through
 * queues and pipes.
 */
@Scenario(name = "isolated-memory", about = "Children change a static field and use memory; main's own stays as it was.")
public final class IsolatedMemory {

    private static final String NAME = "isolated-memory";
    private static final long MOST_MEMORY = 256L << 20;

    /** Far longer than a hundred JVMs take to start on a slow machine; so the sample fails and does not hang when one cannot. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** One in each process, although all of them run the same class. */
    private static double n = 0;

    private IsolatedMemory() {}

    /** What a child tells of its life. */
    private record Life(long pid, double n, Instant start, Instant end) {}

    /** The body as an object with fields: what the notes write as a subclass of Process. */
    private record Task(String name, Pace pace, Semaphore started, Event allStarted, Queue<Life> lives) implements Body {

        @Override
        public void run() throws InterruptedException {
            long pid = ProcessHandle.current().pid();
            System.out.println("task " + name + " starts with pid " + pid + "...");
            var start = Instant.now();
            var random = pace.random(name);
            n = 1 - random.nextDouble();
            System.out.println("n=" + n + " in process " + name);
            byte[] memory = inProportionTo(n);
            started.release();
            allStarted.await(PATIENCE);
            pace.sleep(random, 20, 50);
            lives.put(new Life(pid, n, start, Instant.now()));
            System.out.println("task " + name + " ends with pid " + pid + ", having used " + (memory.length >> 20) + " MB");
        }
    }

    public static void main(String[] args) throws InterruptedException {
        var options = Options.of(IsolatedMemory.class).count("tasks", 4, "how many children").pace(0.05).parse(args);
        int tasks = options.count("tasks");
        var check = Check.of(NAME);
        try (var run = Procession.start()) {
            check(check, tasks, live(run, tasks, options.pace()));
        }
        check.finish("n is still " + n + " in main; " + tasks + " processes ran at once, each with an n of its own");
    }

    private static List<Life> live(Procession run, int tasks, Pace pace) throws InterruptedException {
        Semaphore started = run.semaphore(0);
        Event allStarted = run.event();
        Queue<Life> lives = run.queue();
        var children = new ArrayList<Process>();
        // First start them all, then join them all. A join right after each start would run one after the other.
        for (int i = 1; i <= tasks; i++) {
            String name = "process-" + i;
            children.add(run.process(new Task(name, pace, started, allStarted, lives)).name(name).start());
        }
        // Where JVMs start slowly, the first would have ended before the last began. So they begin to sleep together.
        for (int i = 0; i < tasks; i++) {
            started.acquire(PATIENCE);
        }
        allStarted.set();
        // A join waits for one child while the others run on: all the joins take as long as the longest life.
        for (var child : children) {
            System.out.println(child.name() + " " + child.join());
        }
        System.out.println("main");
        System.out.println("n=" + n + " in main");
        return taken(lives);
    }

    private static List<Life> taken(Queue<Life> lives) throws InterruptedException {
        var all = new ArrayList<Life>();
        while (!lives.isEmpty()) {
            all.add(lives.getNow());
        }
        return all;
    }

    private static void check(Check check, int tasks, List<Life> lives) {
        check.that(n == 0, "n is " + n + " in main, and no longer 0");
        check.that(lives.size() == tasks, lives.size() + " of " + tasks + " children told of their life");
        check.that(lives.stream().map(Life::pid).distinct().count() == tasks, "there are not " + tasks + " different pids");
        long main = ProcessHandle.current().pid();
        check.that(lives.stream().noneMatch(life -> life.pid() == main), "a child ran in main's process");
        check.that(lives.stream().noneMatch(life -> life.n() == 0), "a child's n is still 0");
        check.that(allAtOnce(lives), "not all of them were running at once");
    }

    /** The latest start was before the earliest end. */
    private static boolean allAtOnce(List<Life> lives) {
        return lives.stream().allMatch(one -> lives.stream().allMatch(other -> one.start().isBefore(other.end())));
    }

    /** As much as half the heap; look at the processes with top while they sleep. */
    private static byte[] inProportionTo(double n) {
        return new byte[(int) (n * Math.min(Runtime.getRuntime().maxMemory() / 2, MOST_MEMORY))];
    }
}
