package procession.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import procession.Grant;
import procession.Lock;

/** What a grant costs when many wait for the lock. Whoever gets it asks again and releases it, so their number stays the same. */
final class Waiters implements Benchmark {

    private static final int FEW = 20;
    private static final int MANY = 2_000;

    @Override
    public List<Line> lines() {
        return List.of(
                new Line("waiters", "×", "cost per grant with 2000 waiters on one lock over that with 20"),
                new Line("waiters.20", "µs", "… per grant, 20 waiters"),
                new Line("waiters.2000", "µs", "… per grant, 2000 waiters"));
    }

    @Override
    public void work(Stage stage) throws Exception {
        var run = stage.run();
        var child = run.process(Waiters::alternate, run.lock(), run.lock(), stage.effort()).daemon(true).start();
        var costs = Stage.result(child, Costs.class);
        var ratios = new ArrayList<Double>();
        for (int i = 0; i < costs.few.size(); i++) {
            ratios.add(costs.many.get(i) / costs.few.get(i));
        }
        stage.report("waiters", ratios);
        stage.report("waiters.20", costs.few);
        stage.report("waiters.2000", costs.many);
    }

    /**
     * Microseconds per grant.
     *
     * @param few with few waiters, in each round
     * @param many with many
     */
    record Costs(List<Double> few, List<Double> many) {}

    static Costs alternate(Lock one, Lock other, Effort effort) throws InterruptedException {
        var costs = new Costs(new ArrayList<>(), new ArrayList<>());
        int many = effort.of(MANY, 100);
        cost(one, FEW, effort.warmUp().toNanos());
        cost(other, many, effort.warmUp().toNanos());
        for (int round = 0; round < effort.rounds(); round++) {
            costs.few.add(cost(one, FEW, effort.round().toNanos()));
            costs.many.add(cost(other, many, effort.round().toNanos()));
        }
        return costs;
    }

    private static double cost(Lock lock, int waiters, long nanos) throws InterruptedException {
        var crowd = new Crowd(lock, waiters);
        try (var held = lock.acquire()) {
            for (int i = 0; i < waiters; i++) {
                crowd.ask();
            }
        }
        crowd.grants.set(0);
        long begin = System.nanoTime();
        TimeUnit.NANOSECONDS.sleep(nanos);
        long count = crowd.grants.get();
        long end = System.nanoTime();
        crowd.over = true;
        crowd.gone.await();
        return (end - begin) / 1e3 / Math.max(1, count);
    }

    /** Waiters, all of one process. */
    private static final class Crowd {

        final Lock lock;
        final AtomicLong grants = new AtomicLong();
        final CountDownLatch gone;
        volatile boolean over;

        Crowd(Lock lock, int waiters) {
            this.lock = lock;
            gone = new CountDownLatch(waiters);
        }

        void ask() {
            CompletableFuture<Grant> asked = lock.acquireAsync();
            asked.thenAccept(this::granted);
        }

        private void granted(Grant grant) {
            grants.incrementAndGet();
            if (over) {
                gone.countDown();
            } else {
                ask();
            }
            grant.release();
        }
    }
}
