package procession.bench;

import java.util.ArrayList;
import java.util.List;
import procession.Event;
import procession.Semaphore;

/** From the call of {@code set} in one child until a waiter goes on in another. All JVMs of a host have one clock. */
final class EventWake implements Benchmark {

    @Override
    public List<Line> lines() {
        return List.of(new Line("event.wake", "µs", "set() in one child until the waiter in another goes on"));
    }

    @Override
    public void work(Stage stage) throws Exception {
        var run = stage.run();
        var event = run.event();
        var waiting = run.semaphore(0).unowned();
        int times = stage.effort().of(1_500, 10);
        int all = (1 + stage.effort().rounds()) * times;
        var setter = run.process(EventWake::set, event, waiting, all).daemon(true).start();
        var waiter = run.process(EventWake::await, event, waiting, all).daemon(true).start();
        var set = Stage.result(setter, long[].class);
        var awake = Stage.result(waiter, long[].class);
        stage.report("event.wake", Latency.ofNanos(rounds(set, awake, times), 1));
    }

    /** The first round warms up. */
    private static List<long[]> rounds(long[] set, long[] awake, int times) {
        var rounds = new ArrayList<long[]>();
        for (int begin = times; begin < set.length; begin += times) {
            var round = new long[times];
            for (int i = 0; i < times; i++) {
                round[i] = awake[begin + i] - set[begin + i];
            }
            rounds.add(round);
        }
        return rounds;
    }

    static long[] set(Event event, Semaphore waiting, int times) throws InterruptedException {
        var moments = new long[times];
        for (int i = 0; i < times; i++) {
            waiting.acquire();
            moments[i] = System.nanoTime();
            event.set();
        }
        return moments;
    }

    /** What it says before it waits, the keeper gets before its wait; so nothing is set too early. */
    static long[] await(Event event, Semaphore waiting, int times) throws InterruptedException {
        var moments = new long[times];
        for (int i = 0; i < times; i++) {
            event.clear();
            waiting.release();
            event.await();
            moments[i] = System.nanoTime();
        }
        return moments;
    }
}
