package procession.pool;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
 * <p>A job is with one worker at most. A worker does one job at a time; while much is to be done it has another one in its pipe behind
 * that, so that it goes on without waiting for the pool. That one is not begun: it is taken back when somebody else could do it, when it
 * is cancelled, and when the worker dies. So what a death takes with it is known exactly. A worker whose start fails, by its initializer
 * or before, counts against a budget; so does, for the pause before the next start, one that ends without having done anything. A start
 * that succeeds fills the budget up again.
 */
final class Dispatch {

    private enum Life { OPEN, CLOSING, TERMINATED, BROKEN }

    private enum Stage { STARTING, IDLE, BUSY, LEAVING }

    private static final class Worker {
        Stage stage = Stage.STARTING;
        Job job;
        Job ahead;
        boolean recalled;
        /** What is behind its job was looked for in its pipe in vain: its answer is on the way, and is not to be held up again. */
        boolean hasAhead;
        int tasks;
        boolean away;
        /** What it has shown to know: it has answered a job that needs it. */
        final Set<String> knows = new HashSet<>();

        boolean knowsWhatIsNeeded(Job next) {
            return next.needs.isEmpty() || knows.contains(next.needs);
        }
    }

    private static final class Job {
        final long number;
        final int tasks;
        final boolean mayGoAhead;
        final String needs;
        int repeats;
        /** Its end has been told, though a worker has it still. */
        boolean ended;

        Job(long number, int tasks, int repeats, boolean mayGoAhead, String needs) {
            this.number = number;
            this.tasks = tasks;
            this.repeats = repeats;
            this.mayGoAhead = mayGoAhead;
            this.needs = needs;
        }
    }

    private final Plan plan;
    private final Map<Long, Worker> workers = new LinkedHashMap<>();
    private final Set<Long> idle = new LinkedHashSet<>();
    private final Map<Long, Job> queued = new LinkedHashMap<>();
    private final Map<Long, Job> again = new LinkedHashMap<>();
    private final Map<Long, Long> withWorker = new HashMap<>();
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
     * @param mayGoAhead whether it may be sent to a worker that is busy
     * @param needs what a worker is told ahead of its first job that needs it; empty if nothing
     */
    List<Deed> submitted(long job, int tasks, int repeats, boolean mayGoAhead, String needs, long now) {
        refuseUnlessOpen();
        queued.put(job, new Job(job, tasks, repeats, mayGoAhead, needs));
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
        } else if (withWorker.containsKey(job)) {
            long number = withWorker.get(job);
            var worker = workers.get(number);
            boolean isAhead = worker.ahead != null && worker.ahead.number == job;
            ended(number, isAhead ? worker.ahead : worker.job, Verdict.CANCELLED);
            condemnIfAlone(number, worker);
            recall(number, worker);
        }
        return settled(now);
    }

    /** The end of a worker that does what nobody wants must not be that of the job behind it, which it may begin at any moment. */
    private void condemnIfAlone(long number, Worker worker) {
        if (worker.stage == Stage.BUSY && worker.job.ended && worker.ahead == null) {
            condemn(number);
        }
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

    /**
     * A worker has answered the job that it does. Not to be told while something is taken out of its pipe: the answer may be that of the
     * job behind.
     */
    List<Deed> done(long number, long now) {
        var worker = workers.get(number);
        if (worker != null && worker.job != null) {
            inVain = 0;
            worker.tasks += worker.job.tasks;
            worker.knows.add(worker.job.needs);
            ended(number, worker.job, Verdict.DONE);
            worker.job = null;
            goOn(number, worker);
        }
        return settled(now);
    }

    /** With what is behind in its pipe; or it has nothing to do. */
    private void goOn(long number, Worker worker) {
        worker.job = worker.ahead;
        worker.ahead = null;
        worker.hasAhead = false;
        if (worker.stage != Stage.BUSY) {
            return;
        }
        if (worker.job != null) {
            condemnIfAlone(number, worker);
        } else if (isSpent(worker.tasks)) {
            retire(number);
        } else {
            idle(number, worker);
        }
    }

    private boolean isSpent(int tasks) {
        return plan.tasksPerWorker() > 0 && tasks >= plan.tasksPerWorker();
    }

    /**
     * What had been sent to a worker was looked for in its pipe, as a {@link Deed.Recall} said.
     *
     * @param back the jobs that were there, and are not any more
     */
    List<Deed> takenBack(long number, Set<Long> back, long now) {
        var worker = workers.get(number);
        if (worker == null || !worker.recalled) {
            return settled(now);
        }
        worker.recalled = false;
        if (worker.ahead != null && back.contains(worker.ahead.number)) {
            takeBack(worker.ahead);
            worker.ahead = null;
        }
        worker.hasAhead = worker.ahead != null;
        if (worker.job != null && back.contains(worker.job.number)) {
            takeBack(worker.job);
            goOn(number, worker);
        } else {
            condemnIfAlone(number, worker);
        }
        return settled(now);
    }

    private void takeBack(Job job) {
        withWorker.remove(job.number);
        if (!job.ended) {
            again.put(job.number, job);
        }
    }

    /**
     * A worker is gone, and everything it has said has been heard.
     *
     * @param unreceived the jobs that it was given and never received
     */
    List<Deed> gone(long number, Set<Long> unreceived, long now) {
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
                if (unreceived.contains(worker.job.number)) {
                    inVain(worker, now);
                }
            }
            case LEAVING -> { }
        }
        lost(number, worker.job, unreceived);
        lost(number, worker.ahead, unreceived);
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

    private void lost(long number, Job job, Set<Long> unreceived) {
        if (job == null) {
            return;
        }
        boolean begun = !unreceived.contains(job.number);
        if (begun && job.repeats == 0) {
            ended(number, job, Verdict.LOST);
            return;
        }
        if (begun) {
            job.repeats--;
        }
        takeBack(job);
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
            ended(worker, workers.get(worker).job, verdict);
            ended(worker, workers.get(worker).ahead, verdict);
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

    /** Whether what a worker does is done again if it is lost. */
    boolean mayRepeat(long worker) {
        var job = workers.containsKey(worker) ? workers.get(worker).job : null;
        return job != null && job.repeats > 0;
    }

    /** Tells the end of a job, once. */
    private void ended(long number, Job job, Verdict verdict) {
        if (job != null && !job.ended) {
            job.ended = true;
            withWorker.remove(job.number);
            deeds.add(new Deed.End(job.number, verdict, number));
        }
    }

    private void recall(long number, Worker worker) {
        if (mayBeRecalled(worker)) {
            worker.recalled = true;
            deeds.add(new Deed.Recall(number));
        }
    }

    private static boolean mayBeRecalled(Worker worker) {
        return worker.stage == Stage.BUSY && worker.ahead != null && !worker.recalled && !worker.hasAhead && !worker.away;
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
        if (life == Life.CLOSING && isNothingQueued() && workers.values().stream().allMatch(worker -> worker.ahead == null)) {
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
            workers.get(number).stage = Stage.BUSY;
            workers.get(number).job = job;
            give(number, job);
        }
        if (idle.isEmpty() && again.isEmpty()) {
            giveAhead();
        } else {
            recallForIdle();
        }
    }

    private void give(long number, Job job) {
        withWorker.put(job.number, number);
        deeds.add(new Deed.Give(number, job.number));
    }

    /**
     * As long as there is enough for everybody. Nothing that a worker is told must be in its pipe with a job ahead: a recall could take
     * that out, and the worker the job.
     */
    private void giveAhead() {
        int enough = Math.max(plan.workers(), staying());
        for (var entry : workers.entrySet()) {
            if (queued.size() < enough || !queued.values().iterator().next().mayGoAhead) {
                return;
            }
            var worker = entry.getValue();
            if (worker.stage == Stage.BUSY && !worker.away && worker.ahead == null && !worker.recalled
                    && worker.knowsWhatIsNeeded(worker.job) && worker.knowsWhatIsNeeded(queued.values().iterator().next())
                    && !isSpent(worker.tasks + worker.job.tasks)) {
                worker.ahead = queued.remove(queued.keySet().iterator().next());
                give(entry.getKey(), worker.ahead);
            }
        }
    }

    /** What waits behind a job in somebody's pipe is for those who have nothing to do. */
    private void recallForIdle() {
        long wanted = idle.size() - workers.values().stream().filter(worker -> worker.recalled).count();
        for (var entry : workers.entrySet()) {
            var worker = entry.getValue();
            if (wanted > 0 && mayBeRecalled(worker)) {
                recall(entry.getKey(), worker);
                wanted--;
            }
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
