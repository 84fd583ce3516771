package procession.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import procession.Event;
import procession.Semaphore;
import procession.SimpleQueue;

/** Whether a queue costs more when a million items wait in it, and a waiter more to withdraw when many wait. */
final class Backlog implements Benchmark {

    private static final int ITEMS = 1_000_000;
    private static final int MOVED = 100_000;
    private static final int FEW = 1_000;
    private static final int MANY = 20_000;
    private static final int WITHDRAWN = 500;

    @Override
    public List<Line> lines() {
        return List.of(
                new Line("backlog", "bytes", "of main's heap for each of a million small integers that wait in a queue"),
                new Line("backlog.put.empty", "msg/s", "put, by a window, into an empty queue"),
                new Line("backlog.put.full", "msg/s", "… behind the million"),
                new Line("backlog.get.empty", "msg/s", "get, by a window, from a queue that has no more than is got"),
                new Line("backlog.get.full", "msg/s", "… with the million behind"),
                new Line("backlog.withdraw.1000", "µs", "withdrawing a waiter from the middle of 1000"),
                new Line("backlog.withdraw.20000", "µs", "… from the middle of 20 000"));
    }

    @Override
    public void work(Stage stage) throws Exception {
        var run = stage.run();
        SimpleQueue<Integer> queue = run.queue();
        int items = stage.effort().of(ITEMS, 2_000);
        var full = run.semaphore(0).unowned();
        var go = run.event();
        long before = Heap.used();
        var child = run.process(Backlog::move, queue, full, go, items, stage.effort()).daemon(true).start();
        full.acquire();
        stage.report("backlog", (Heap.used() - before) / (double) items);
        go.set();
        var rates = Stage.result(child, Rates.class);
        stage.report("backlog.put.empty", rates.putEmpty);
        stage.report("backlog.put.full", rates.putFull);
        stage.report("backlog.get.empty", rates.getEmpty);
        stage.report("backlog.get.full", rates.getFull);
        queue.shutdown();
        withdraw(stage, "backlog.withdraw.1000", stage.effort().of(FEW, 100));
        withdraw(stage, "backlog.withdraw.20000", stage.effort().of(MANY, 200));
    }

    private static void withdraw(Stage stage, String line, int waiters) throws Exception {
        SimpleQueue<Integer> queue = stage.run().queue();
        int withdrawn = stage.effort().of(WITHDRAWN, 20);
        var child = stage.run().process(Backlog::withdraw, queue, waiters, withdrawn, stage.effort()).daemon(true).start();
        stage.report(line, Arrays.stream(Stage.result(child, double[].class)).boxed().toList());
    }

    /**
     * Items in a second, in each round.
     *
     * @param putEmpty put into an empty queue
     * @param getEmpty got until it is empty
     * @param putFull put behind the million
     * @param getFull got with the million behind
     */
    record Rates(List<Double> putEmpty, List<Double> getEmpty, List<Double> putFull, List<Double> getFull) {}

    static Rates move(SimpleQueue<Integer> queue, Semaphore full, Event go, int items, Effort effort) throws InterruptedException {
        int moved = effort.of(MOVED, 100);
        var rates = new Rates(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        put(queue, moved);
        get(queue, moved);
        for (int round = 0; round < effort.rounds(); round++) {
            rates.putEmpty.add(put(queue, moved));
            rates.getEmpty.add(get(queue, moved));
        }
        put(queue, items);
        full.release();
        go.await();
        for (int round = 0; round < effort.rounds(); round++) {
            rates.putFull.add(put(queue, moved));
            rates.getFull.add(get(queue, moved));
        }
        return rates;
    }

    private static double put(SimpleQueue<Integer> queue, int count) throws InterruptedException {
        try (var sender = Sender.window(queue)) {
            long begin = System.nanoTime();
            for (int item = 1; item <= count; item++) {
                sender.put(item);
            }
            sender.flush();
            return count * 1e9 / (System.nanoTime() - begin);
        }
    }

    private static double get(SimpleQueue<Integer> queue, int count) throws InterruptedException {
        try (var receiver = Receiver.window(queue)) {
            long begin = System.nanoTime();
            for (int i = 0; i < count; i++) {
                receiver.get();
            }
            return count * 1e9 / (System.nanoTime() - begin);
        }
    }

    /** The keeper has withdrawn them when it answers the question that follows. */
    static double[] withdraw(SimpleQueue<Integer> queue, int waiters, int withdrawn, Effort effort) throws InterruptedException {
        var costs = new double[effort.rounds()];
        var waiting = new ArrayList<CompletableFuture<Integer>>();
        for (int round = 0; round < costs.length; round++) {
            while (waiting.size() < waiters) {
                waiting.add(queue.getAsync());
            }
            queue.isEmpty();
            var middle = waiting.subList((waiters - withdrawn) / 2, (waiters + withdrawn) / 2);
            long begin = System.nanoTime();
            middle.forEach(waiter -> waiter.cancel(false));
            queue.isEmpty();
            costs[round] = (System.nanoTime() - begin) / 1e3 / withdrawn;
            middle.clear();
        }
        return costs;
    }
}
