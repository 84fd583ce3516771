package procession.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import procession.Lock;
import procession.Procession;
import procession.Semaphore;

/** Whether a lock costs more when there are many others: acquired and released at random among them, and one alone. */
final class ManyPrimitives implements Benchmark {

    private static final int LOCKS = 100_000;
    private static final int THREADS = 16;

    @Override
    public List<Line> lines() {
        return List.of(
                new Line("primitives", "×", "rate of lock.pair.remote over 100 000 random names, over that of one name"),
                new Line("primitives.one", "µs", "… per pair, one lock of 100 000"),
                new Line("primitives.random", "µs", "… per pair, at random among 100 000"),
                new Line("primitives.heap", "bytes", "… of main's heap, for each"));
    }

    @Override
    public Map<String, String> settings() {
        return Lending.OFF;
    }

    @Override
    public void work(Stage stage) throws Exception {
        var run = stage.run();
        int count = stage.effort().of(LOCKS, 500);
        var made = run.semaphore(0).unowned();
        var go = run.semaphore(0).unowned();
        var child = run.process(ManyPrimitives::pairs, made, go, count, stage.effort()).daemon(true).start();
        made.acquire();
        long before = Heap.used();
        go.release();
        made.acquire();
        stage.report("primitives.heap", (Heap.used() - before) / (double) count);
        go.release();
        var costs = Stage.result(child, Costs.class);
        var ratios = new ArrayList<Double>();
        for (int i = 0; i < costs.one.size(); i++) {
            ratios.add(costs.one.get(i) / costs.random.get(i));
        }
        stage.report("primitives", ratios);
        stage.report("primitives.one", costs.one);
        stage.report("primitives.random", costs.random);
    }

    /**
     * Microseconds per pair.
     *
     * @param one with one lock, in each round
     * @param random with any of them
     */
    record Costs(List<Double> one, List<Double> random) {}

    static Costs pairs(Semaphore made, Semaphore go, int count, Effort effort) throws Exception {
        var run = Procession.current();
        var locks = new Lock[count];
        made.release();
        go.acquire();
        make(run, locks);
        made.release();
        go.acquire();
        var random = new Random(1);
        int pairs = effort.of(5_000, 50);
        var costs = new Costs(new ArrayList<>(), new ArrayList<>());
        for (int round = 0; round < effort.rounds(); round++) {
            long begin = System.nanoTime();
            for (int i = 0; i < pairs; i++) {
                pair(locks[0]);
            }
            long middle = System.nanoTime();
            for (int i = 0; i < pairs; i++) {
                pair(locks[random.nextInt(count)]);
            }
            costs.one.add((middle - begin) / 1e3 / pairs);
            costs.random.add((System.nanoTime() - middle) / 1e3 / pairs);
        }
        return costs;
    }

    /** By many threads, whose requests share messages. */
    private static void make(Procession run, Lock[] locks) throws Exception {
        var parts = new ArrayList<Callable<Void>>();
        for (int thread = 0; thread < THREADS; thread++) {
            int first = thread;
            parts.add(() -> {
                for (int i = first; i < locks.length; i += THREADS) {
                    locks[i] = run.lock("bench-" + i);
                    pair(locks[i]);
                }
                return null;
            });
        }
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            for (var part : threads.invokeAll(parts)) {
                part.get();
            }
        }
    }

    private static void pair(Lock lock) throws InterruptedException {
        lock.acquire();
        lock.release();
    }
}
