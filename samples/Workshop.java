package samples;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import procession.Check;
import procession.Event;
import procession.JoinableQueue;
import procession.Options;
import procession.Pace;
import procession.Process;
import procession.Procession;
import procession.Queue;
import procession.Scenario;
import procession.Semaphore;
import procession.UsageException;

/** Instead of end markers: the producers wait until their products are done, and the consumers are daemons. */
@Scenario(name = "workshop", about = "Producers wait until what they made is done, by a joinable queue.")
public final class Workshop {

    private static final String NAME = "workshop";

    /** Far longer than all takes on a slow machine; so the sample fails and does not hang when a process could not start. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private Workshop() {}

    private record Product(String name, int volume) {
        @Override
        public String toString() {
            return "Name:" + name + "\tVolume:" + volume;
        }
    }

    /** What everyone in the workshop shares. Handles travel inside other values, too. */
    private record Floor(
            JoinableQueue<Product> products, Queue<String> finished, Semaphore put, Event allPut, Pace pace) {}

    public static void main(String[] args) throws InterruptedException {
        var options = Options.of(Workshop.class)
                .count("producers", 2, "how many make one product each")
                .count("consumers", 100, "how many finish one product each")
                .pace(0.1)
                .parse(args);
        int producers = options.count("producers");
        int consumers = options.count("consumers");
        if (consumers < producers) {
            throw new UsageException("--consumers " + consumers + " is less than --producers " + producers
                    + ": each finishes one product, so some producers would wait for ever.");
        }
        var check = Check.of(NAME);
        List<Process> daemons;
        List<Object> finishedAtEnds;
        try (var run = Procession.start()) {
            var floor = new Floor(run.joinableQueue(), run.queue(), run.semaphore(0), run.event(), options.pace());
            daemons = startConsumers(run, floor, consumers);
            finishedAtEnds = produce(run, floor, producers);
            System.out.println("main");
        }
        for (var finished : finishedAtEnds) {
            check.that(finished.equals(producers), "a producer ended with " + finished + " of " + producers + " products done");
        }
        check.that(daemons.stream().allMatch(Workshop::isGone), "a consumer still runs after main's end");
        check.finish(producers + " producers ended after all " + producers + " products were done; the " + (consumers - producers)
                + " consumers that still waited are gone");
    }

    /** As daemons they end with main: those without a product would wait for one for ever. */
    private static List<Process> startConsumers(Procession run, Floor floor, int consumers) throws InterruptedException {
        var all = new ArrayList<Process>();
        for (int i = 1; i <= consumers; i++) {
            all.add(run.process(Workshop::consume, floor).name("consumer-" + i).daemon(true).start());
        }
        return all;
    }

    private static List<Object> produce(Procession run, Floor floor, int producers) throws InterruptedException {
        var all = new ArrayList<Process>();
        for (int i = 1; i <= producers; i++) {
            all.add(run.process(Workshop::make, floor).name("producer-" + i).start());
        }
        for (int i = 0; i < producers; i++) {
            floor.put().acquire(PATIENCE);
        }
        floor.allPut().set();
        var finished = new ArrayList<>();
        for (var producer : all) {
            finished.add(producer.join().value());
        }
        return finished;
    }

    private static void consume(Floor floor) throws InterruptedException {
        long pid = ProcessHandle.current().pid();
        System.out.println("consumer " + pid + " started...");
        Product product = floor.products().get();
        floor.pace().sleep(floor.pace().random(Procession.currentProcess().name()), 1, 5);
        System.out.println(pid + " consumes " + product);
        floor.finished().put(product.name());
        // Tells the queue that the item is dealt with; taking it was not enough. If this process dies before, another gets it.
        floor.products().taskDone();
    }

    /** Returns how many products were done when this producer's wait ended. */
    private static int make(Floor floor) throws InterruptedException {
        long pid = ProcessHandle.current().pid();
        System.out.println("producer " + pid + " started...");
        var random = floor.pace().random(Procession.currentProcess().name());
        var product = new Product(pid + "_pro", random.nextInt(10, 101));
        floor.pace().sleep(random, 1, 5);
        floor.products().put(product);
        System.out.println(pid + " produces " + product);
        // join() waits for what has been put so far. If our product were done before another producer put its own, it would end
        // before all of them are done; the notes' program leaves that to luck.
        floor.put().release();
        floor.allPut().await(PATIENCE);
        floor.products().join(PATIENCE);
        return floor.finished().size();
    }

    private static boolean isGone(Process process) {
        return ProcessHandle.of(process.pid().orElseThrow()).filter(ProcessHandle::isAlive).isEmpty();
    }
}
