package procession.pool;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Which worker does which job. It is told what happens and says what is to be done; every job ends exactly once. No clock, no threads: the
 * time is given, in nanoseconds, and only one thread at a time may call.
 *
 * <p>A job is with one worker at most, and a worker has one job at most, so what a death takes with it is known exactly. A worker whose
 * start fails, by its initializer or before, counts against a budget; so does, for the pause before the next start, one that ends without
 * having done anything. A start that succeeds fills the budget up again.
 */
final class Dispatch {

    private enum Life { OPEN, CLOSING, TERMINATED, BROKEN }

    private enum Stage { STARTING, IDLE, BUSY, LEAVING }

    private static final class Worker {
        Stage stage = Stage.STARTING;
        Job job;
        int tasks;
        boolean away;
    }

    private static final class Job {
        final long number;
        final int tasks;
        int repeats;

        Job(long number, int tasks, int repeats) {
            this.number = number;
            this.tasks = tasks;
            this.repeats = repeats;
        }
    }

    private final Plan plan;
    private final Map<Long, Worker> workers = new LinkedHashMap<>();
    private final Set<Long> idle = new LinkedHashSet<>();
    private final Map<Long, Job> queued = new LinkedHashMap<>();
    private final Map<Long, Job> again = new LinkedHashMap<>();
    private final Map<Long, Long> busyWith = new HashMap<>();
    private Life life = Life.OPEN;
    private long nextWorker = 1;
    private int failedStarts;
    private int inVain;
    private long pausedUntil;
    private boolean pausing;
    private boolean broken;
    private List<Deed> deeds = new ArrayList<>();

    Dispatch(Plan plan) {
        this.plan = plan;
    }

    /** The pool begins. */
    List<Deed> open(long now) {
        return settled(now);
    }

    /**
     * There is a job.
     *
     * @param job its number, not used before
     * @param tasks how many tasks it is made of
     * @param repeats how often it may be done again if its worker is lost
     */
    List<Deed> submitted(long job, int tasks, int repeats, long now) {
        refuseUnlessOpen();
        queued.put(job, new Job(job, tasks, repeats));
        return settled(now);
    }

    private void refuseUnlessOpen() {
        if (life != Life.OPEN) {
            throw new IllegalStateException("The pool takes no more tasks.");
        }
    }

    /** Nobody wants a job any more; harmless if it has ended. */
    List<Deed> cancelled(long job, long now) {
        if (queued.remove(job) != null || again.remove(job) != null) {
            deeds.add(new Deed.End(job, Verdict.CANCELLED, 0));
        } else if (busyWith.containsKey(job)) {
            long worker = busyWith.get(job);
            ended(worker, Verdict.CANCELLED);
            condemn(worker);
        }
        return settled(now);
    }

    /** A worker can take jobs. */
    List<Deed> ready(long number, long now) {
        var worker = workers.get(number);
        if (worker != null && worker.stage == Stage.STARTING) {
            failedStarts = 0;
            idle(number, worker);
        }
        return settled(now);
    }

    private void idle(long number, Worker worker) {
        worker.stage = Stage.IDLE;
        if (!worker.away) {
            idle.add(number);
        }
    }

    /** A worker's process has ended, but perhaps not everything it has said has been heard: it gets no more jobs. */
    void away(long number) {
        if (workers.containsKey(number)) {
            workers.get(number).away = true;
            idle.remove(number);
        }
    }

    /** A worker has answered the job it had. */
    List<Deed> done(long number, long now) {
        var worker = workers.get(number);
        if (worker != null && worker.stage == Stage.BUSY) {
            inVain = 0;
            worker.tasks += worker.job.tasks;
            ended(number, Verdict.DONE);
            if (plan.tasksPerWorker() > 0 && worker.tasks >= plan.tasksPerWorker()) {
                retire(number);
            } else {
                idle(number, worker);
            }
        }
        return settled(now);
    }

    /**
     * A worker is gone, and everything it has said has been heard.
     *
     * @param begun whether it had begun with the job that it was given last, as far as can be known
     */
    List<Deed> gone(long number, boolean begun, long now) {
        var worker = workers.remove(number);
        if (worker == null) {
            return settled(now);
        }
        switch (worker.stage) {
            case STARTING -> {
                failedStarts++;
                inVain(now);
            }
            case IDLE -> {
                idle.remove(number);
                inVain(worker, now);
            }
            case BUSY -> {
                if (!begun) {
                    inVain(worker, now);
                }
                lost(number, worker.job, begun);
            }
            case LEAVING -> { }
        }
        return settled(now);
    }

    private void inVain(Worker worker, long now) {
        if (worker.tasks == 0) {
            inVain(now);
        }
    }

    private void inVain(long now) {
        pausedUntil = now + plan.pause(++inVain);
        pausing = true;
    }

    private void lost(long number, Job job, boolean begun) {
        busyWith.remove(job.number);
        if (begun && job.repeats == 0) {
            deeds.add(new Deed.End(job.number, Verdict.LOST, number));
            return;
        }
        if (begun) {
            job.repeats--;
        }
        again.put(job.number, job);
    }

    /** No more jobs come; those that are there are done. */
    List<Deed> shutdown(long now) {
        if (life == Life.OPEN) {
            life = Life.CLOSING;
        }
        return settled(now);
    }

    /** Everything ends. */
    List<Deed> terminated(long now) {
        if (life != Life.TERMINATED) {
            life = Life.TERMINATED;
            endAll(Verdict.CANCELLED);
        }
        return settled(now);
    }

    private void endAll(Verdict verdict) {
        again.keySet().forEach(job -> deeds.add(new Deed.End(job, verdict, 0)));
        queued.keySet().forEach(job -> deeds.add(new Deed.End(job, verdict, 0)));
        again.clear();
        queued.clear();
        for (var worker : List.copyOf(workers.keySet())) {
            if (workers.get(worker).stage == Stage.BUSY) {
                ended(worker, verdict);
            }
            if (workers.get(worker).stage != Stage.LEAVING || life == Life.TERMINATED) {
                condemn(worker);
            }
        }
    }

    /** Time has passed. */
    List<Deed> tick(long now) {
        return settled(now);
    }

    /** When {@link #tick} is to be called next; empty if that would change nothing. */
    OptionalLong wakeAt() {
        return pausing && wanted() > staying() ? OptionalLong.of(pausedUntil) : OptionalLong.empty();
    }

    /** Whether jobs are taken. */
    boolean isOpen() {
        return life == Life.OPEN;
    }

    /** Whether it has ended because workers cannot be started. */
    boolean isBroken() {
        return broken;
    }

    /** Whether everything has ended, workers too. */
    boolean isOver() {
        return life != Life.OPEN && workers.isEmpty() && isNothingQueued();
    }

    private boolean isNothingQueued() {
        return queued.isEmpty() && again.isEmpty();
    }

    /** Whether a worker has been started, and has not said that it can take jobs. */
    boolean isStarting(long worker) {
        return workers.containsKey(worker) && workers.get(worker).stage == Stage.STARTING;
    }

    private void ended(long number, Verdict verdict) {
        var worker = workers.get(number);
        busyWith.remove(worker.job.number);
        deeds.add(new Deed.End(worker.job.number, verdict, number));
        worker.job = null;
    }

    private void condemn(long number) {
        idle.remove(number);
        workers.get(number).stage = Stage.LEAVING;
        deeds.add(new Deed.Kill(number));
    }

    private void retire(long number) {
        idle.remove(number);
        workers.get(number).stage = Stage.LEAVING;
        deeds.add(new Deed.Retire(number));
    }

    private List<Deed> settled(long now) {
        giveOut();
        if (failedStarts >= plan.tries() && life != Life.TERMINATED && life != Life.BROKEN && nobodyIsLeft()) {
            life = Life.BROKEN;
            broken = true;
            endAll(Verdict.BROKEN);
        }
        if (life == Life.CLOSING && isNothingQueued()) {
            List.copyOf(idle).forEach(this::retire);
            workers.entrySet().stream().filter(entry -> entry.getValue().stage == Stage.STARTING).map(Map.Entry::getKey).toList()
                    .forEach(this::condemn);
        }
        startMissing(now);
        var done = deeds;
        deeds = new ArrayList<>();
        return done;
    }

    private boolean nobodyIsLeft() {
        return workers.values().stream().allMatch(worker -> worker.stage == Stage.LEAVING);
    }

    private void giveOut() {
        while (!idle.isEmpty() && !isNothingQueued()) {
            var from = again.isEmpty() ? queued : again;
            var job = from.remove(from.keySet().iterator().next());
            long number = idle.iterator().next();
            idle.remove(number);
            var worker = workers.get(number);
            worker.stage = Stage.BUSY;
            worker.job = job;
            busyWith.put(job.number, number);
            deeds.add(new Deed.Give(number, job.number));
        }
    }

    private void startMissing(long now) {
        if (pausing && now - pausedUntil < 0) {
            return;
        }
        pausing = false;
        for (int missing = wanted() - staying(); missing > 0; missing--) {
            workers.put(nextWorker, new Worker());
            deeds.add(new Deed.Start(nextWorker++));
        }
    }

    /** After a start that failed, one at a time is tried. */
    private int wanted() {
        long working = workers.values().stream().filter(worker -> worker.stage == Stage.IDLE || worker.stage == Stage.BUSY).count();
        int most = failedStarts > 0 ? (int) Math.min(plan.workers(), working + 1) : plan.workers();
        return switch (life) {
            case OPEN -> most;
            case CLOSING -> (int) Math.min(most, working + queued.size() + again.size());
            case TERMINATED, BROKEN -> 0;
        };
    }

    private int staying() {
        return (int) workers.values().stream().filter(worker -> worker.stage != Stage.LEAVING).count();
    }
}
