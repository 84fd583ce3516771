package procession.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import procession.Barrier;
import procession.Lock;
import procession.Process;
import procession.Procession;

/**
 * Children that all want one lock. Fences rise over its grants, so the fences that each got say in which order all were served. Only
 * the time counts in which every child was at it.
 */
final class LockContended implements Benchmark {

    private static final int CHILDREN = 8;
    private static final int MOST = 100_000;

    @Override
    public List<Line> lines() {
        return List.of(
                new Line("lock.contended", "grants/s", "8 children acquire and release one lock"),
                new Line("lock.contended.favour", "×", "… grants of the most favoured over those of the least favoured"),
                new Line("lock.contended.foreign", "grants", "… the most grants of others between two of one child"));
    }

    @Override
    public void work(Stage stage) throws Exception {
        var run = stage.run();
        int count = stage.effort().of(CHILDREN, 3);
        var lock = run.lock();
        var start = run.barrier(count);
        var children = new ArrayList<Process>();
        for (int i = 0; i < count; i++) {
            children.add(run.process(LockContended::contend, lock, start, stage.effort()).daemon(true).start());
        }
        var grants = new ArrayList<Grants>();
        for (var child : children) {
            grants.add(Stage.result(child, Grants.class));
        }
        report(stage, grants);
    }

    /**
     * What a child got.
     *
     * @param fences of its grants, in their order
     * @param nanos when it got each
     */
    record Grants(long[] fences, long[] nanos) {}

    /**
     * In a crowd each gets so little of the lock that it would not be warm for long. So each warms up first with a semaphore of its own, for
     * which the keeper is asked each time, as it is for a lock that others want.
     */
    static Grants contend(Lock lock, Barrier start, Effort effort) throws InterruptedException {
        var own = Procession.current().semaphore(1);
        for (int i = 0; i < effort.of(2_000, 20); i++) {
            own.acquire();
            own.release();
        }
        contend(lock, start, effort.of(2_000, 100));
        return contend(lock, start, effort.of(5_000, 200));
    }

    private static Grants contend(Lock lock, Barrier start, long millis) throws InterruptedException {
        var fences = new long[MOST];
        var nanos = new long[MOST];
        int count = 0;
        start.await();
        long end = System.nanoTime() + millis * 1_000_000;
        for (long now = 0; count < MOST && (count == 0 || now - end < 0); count++) {
            var grant = lock.acquire();
            now = System.nanoTime();
            fences[count] = grant.fence();
            nanos[count] = now;
            lock.release();
        }
        return new Grants(Arrays.copyOf(fences, count), Arrays.copyOf(nanos, count));
    }

    private static void report(Stage stage, List<Grants> grants) {
        long first = grants.stream().mapToLong(child -> child.fences[0]).max().orElseThrow();
        long last = grants.stream().mapToLong(child -> child.fences[child.fences.length - 1]).min().orElseThrow();
        var order = order(grants, first, last);
        var counts = new int[grants.size()];
        var place = new HashMap<Integer, Integer>();
        int foreign = 0;
        for (int i = 0; i < order.length; i++) {
            counts[order[i]]++;
            Integer before = place.put(order[i], i);
            foreign = before == null ? foreign : Math.max(foreign, i - before - 1);
        }
        double most = Arrays.stream(counts).max().orElseThrow();
        double least = Arrays.stream(counts).min().orElseThrow();
        stage.report("lock.contended", order.length * 1e9 / (moment(grants, last) - moment(grants, first)));
        stage.report("lock.contended.favour", most / least);
        stage.report("lock.contended.foreign", foreign);
    }

    /** Who was served, one after the other. */
    private static int[] order(List<Grants> grants, long first, long last) {
        var all = new ArrayList<long[]>();
        for (int child = 0; child < grants.size(); child++) {
            for (long fence : grants.get(child).fences) {
                if (fence >= first && fence <= last) {
                    all.add(new long[] {fence, child});
                }
            }
        }
        all.sort((one, other) -> Long.compare(one[0], other[0]));
        return all.stream().mapToInt(grant -> (int) grant[1]).toArray();
    }

    private static long moment(List<Grants> grants, long fence) {
        for (var child : grants) {
            int at = Arrays.binarySearch(child.fences, fence);
            if (at >= 0) {
                return child.nanos[at];
            }
        }
        throw new IllegalStateException("Nobody got the fence " + fence + ".");
    }
}
