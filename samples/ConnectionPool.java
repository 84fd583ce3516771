package samples;

import java.util.ArrayList;
import procession.Check;
import procession.Options;
import procession.Pace;
import procession.Process;
import procession.Procession;
import procession.Queue;
import procession.Scenario;
import procession.Semaphore;
import procession.UsageException;

@Scenario(name = "connection-pool", about = "Twenty workers share five connections, by a semaphore.")
public final class ConnectionPool {

    private static final String NAME = "connection-pool";

    private ConnectionPool() {}

    /** A worker took a connection (+1) or is about to return it (-1). */
    private record Use(String worker, int change) {}

    /** What the log shows. */
    private record Found(int workers, int mostAtOnce) {}

    public static void main(String[] args) throws InterruptedException {
        var options = Options.of(ConnectionPool.class)
                .count("workers", 20, "how many workers")
                .count("permits", 5, "how many connections there are")
                .pace(0.2)
                .parse(args);
        int workers = options.count("workers");
        int permits = options.count("permits");
        if (permits == 0 && workers > 0) {
            throw new UsageException("--permits 0 leaves no connection, so the workers would wait for ever.");
        }
        var check = Check.of(NAME);
        Found found;
        try (var run = Procession.start()) {
            Semaphore connections = run.semaphore(permits);
            found = work(run, connections, workers, options.pace());
            int left = connections.value();
            check.that(left == permits, left + " permits at the end, not " + permits);
        }
        check.that(found.mostAtOnce() <= permits, found.mostAtOnce() + " connections were in use at once");
        check.that(found.workers() == workers, "only " + found.workers() + " of " + workers + " workers were served");
        check.finish(workers + " workers served, at most " + found.mostAtOnce() + " at once; " + permits + " permits at the end");
    }

    private static Found work(Procession run, Semaphore connections, int workers, Pace pace) throws InterruptedException {
        Queue<Use> log = run.queue();
        var all = new ArrayList<Process>();
        for (int i = 1; i <= workers; i++) {
            all.add(run.process(ConnectionPool::getConnection, connections, log, pace).name("worker-" + i).start());
        }
        for (var worker : all) {
            worker.join();
        }
        System.out.println("all workers exit");
        return read(log);
    }

    private static void getConnection(Semaphore connections, Queue<Use> log, Pace pace) throws InterruptedException {
        String name = Procession.currentProcess().name();
        // Closing the grant gives the permit back, also when something is thrown. If the process is killed, the run does it.
        try (var grant = connections.acquire()) {
            log.put(new Use(name, +1));
            System.out.println(name + " acquires a connection");
            pace.sleep(pace.random(name), 1, 2);
            System.out.println(name + " finishes its job and returns the connection");
            log.put(new Use(name, -1));
        }
    }

    /** The queue keeps the order in which all of it happened, so nobody's clock is asked. */
    private static Found read(Queue<Use> log) throws InterruptedException {
        int served = 0;
        int now = 0;
        int most = 0;
        while (!log.isEmpty()) {
            int change = log.getNow().change();
            now += change;
            most = Math.max(most, now);
            served += change < 0 ? 1 : 0;
        }
        return new Found(served, most);
    }
}
