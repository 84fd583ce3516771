package procession.pool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Workers with pipes, as they are in earnest: what was given is received a while later, what was said is heard a while later, and a death
 * between any two steps leaves in the pipes what nobody took. Pure, and the same for the same seed.
 */
final class DispatchSimulation {

    /** What may be wrong with the dispatch, or with how its shell tells it of things. */
    enum Bug {
        NONE, RESULT_NOT_HEARD_BEFORE_DEATH, UNRECEIVED_COUNTS_AS_BEGUN, LOST_IS_DONE_TWICE, DEATH_IS_NOT_TOLD, AWAY_IS_NOT_TOLD,
        END_IS_TOLD_TWICE, KILL_IS_FORGOTTEN, TICK_IS_FORGOTTEN, RECALL_FINDS_NOTHING, RECALL_IS_NOT_TOLD, TAKEN_AND_LEFT,
        HEARD_TOO_EARLY
    }

    private static final int MOST_STEPS = 20_000;

    /** A worker: what it is doing, and what is in its pipe. */
    private static final class Worker {
        final Deque<Long> inbox = new ArrayDeque<>();
        final Deque<String> outbox = new ArrayDeque<>();
        boolean up;
        boolean dead;
        boolean awayTold;
        boolean retiring;
        boolean immortal;
        boolean recalled;
        final Set<Long> taken = new HashSet<>();
        long job;
        int tasks;
    }

    private final Random random;
    private final Bug bug;
    private final Plan plan;
    private final Dispatch dispatch;
    private final Map<Long, Worker> workers = new TreeMap<>();
    private final Map<Long, Integer> begun = new HashMap<>();
    private final Map<Long, Integer> repeats = new HashMap<>();
    private final Map<Long, Verdict> ended = new HashMap<>();
    private final Map<Long, Integer> deathsIn = new HashMap<>();
    private final Map<Long, Integer> finished = new HashMap<>();
    private final Set<Long> cancelledByUser = new HashSet<>();
    private final int jobs;
    private final int failingStarts;
    private final int deadliness;
    private final boolean mayTerminate;
    private final boolean mayCancel;
    private long now;
    private long nextJob = 1;
    private boolean terminated;
    private int starts;

    DispatchSimulation(long seed, Bug bug) {
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
        this.bug = bug;
        this.plan = new Plan(1 + random.nextInt(3), random.nextInt(3), 1 + random.nextInt(4), 1 + random.nextInt(20), 50);
        this.dispatch = new Dispatch(plan);
        this.jobs = random.nextInt(16);
        this.failingStarts = random.nextInt(4) == 0 ? 2 : 12;
        this.deadliness = 4 + random.nextInt(40);
        this.mayTerminate = random.nextInt(3) == 0;
        this.mayCancel = random.nextInt(2) == 0;
    }

    Set<Verdict> run() {
        perform(dispatch.open(now));
        int steps = 0;
        while (!dispatch.isOver()) {
            check(++steps < MOST_STEPS, "it comes to an end");
            step();
            check(living() <= 2L * plan.workers() + 1 || terminated, "there are not too many workers");
        }
        check(ended.size() == nextJob - 1, "every job has ended");
        ended.forEach(this::checkEnd);
        return EnumSet.copyOf(ended.isEmpty() ? List.of(Verdict.DONE) : ended.values());
    }

    private long living() {
        return workers.values().stream().filter(worker -> !worker.dead && !worker.retiring).count();
    }

    /** A verdict says what has happened. */
    private void checkEnd(long job, Verdict verdict) {
        int runs = begun.getOrDefault(job, 0);
        int deaths = deathsIn.getOrDefault(job, 0);
        switch (verdict) {
            case DONE -> check(finished.getOrDefault(job, 0) == 1, "what is done was done once to its end");
            case LOST -> check(deaths == repeats.get(job) + 1 && runs == deaths, "what is lost has had all its repetitions");
            case CANCELLED -> check(terminated || cancelledByUser.contains(job), "somebody cancelled it");
            case BROKEN -> check(dispatch.isBroken(), "the pool is broken");
        }
        check(runs <= repeats.get(job) + 1, "nothing is begun more often than it may be");
    }

    private void step() {
        var choices = new ArrayList<Runnable>();
        if (nextJob <= jobs && dispatch.isOpen()) {
            choices.add(this::submit);
        }
        if (mayCancel && nextJob > 1 && random.nextInt(12) == 0) {
            choices.add(this::cancel);
        }
        if (dispatch.isOpen() && (nextJob > jobs || random.nextInt(60) == 0)) {
            choices.add(() -> perform(dispatch.shutdown(now)));
        }
        if (mayTerminate && random.nextInt(100) == 0) {
            choices.add(this::terminate);
        }
        workers.forEach((number, worker) -> choices.addAll(ofWorker(number, worker)));
        if (dispatch.wakeAt().isPresent() && bug != Bug.TICK_IS_FORGOTTEN) {
            choices.add(this::tick);
        }
        if (!choices.isEmpty()) {
            choices.get(random.nextInt(choices.size())).run();
        }
    }

    private void submit() {
        long job = nextJob++;
        repeats.put(job, random.nextInt(3));
        perform(dispatch.submitted(job, 1 + random.nextInt(2), repeats.get(job), random.nextInt(4) > 0, "", now));
    }

    private void cancel() {
        long job = 1 + random.nextLong(nextJob - 1);
        cancelledByUser.add(job);
        perform(dispatch.cancelled(job, now));
    }

    private void terminate() {
        terminated = true;
        perform(dispatch.terminated(now));
    }

    private void tick() {
        now = Math.max(now, dispatch.wakeAt().getAsLong() - random.nextInt(2));
        perform(dispatch.tick(now));
        now++;
    }

    private List<Runnable> ofWorker(long number, Worker worker) {
        var choices = new ArrayList<Runnable>();
        if (!worker.dead && !worker.immortal) {
            if (random.nextInt(deadliness) == 0) {
                choices.add(() -> dies(worker));
            }
            if (!worker.up) {
                choices.add(() -> comesUp(worker));
            } else if (worker.job != 0) {
                choices.add(() -> finishes(worker));
            } else if (!worker.inbox.isEmpty()) {
                choices.add(() -> begins(worker));
            } else if (worker.retiring) {
                choices.add(() -> worker.dead = true);
            }
        }
        if (!worker.outbox.isEmpty() && (!worker.recalled || bug == Bug.HEARD_TOO_EARLY)
                && !(bug == Bug.RESULT_NOT_HEARD_BEFORE_DEATH && worker.dead)) {
            choices.add(() -> heard(number, worker));
        }
        if (worker.dead && !worker.awayTold) {
            choices.add(() -> away(number, worker));
        }
        if (worker.recalled && bug != Bug.RECALL_IS_NOT_TOLD) {
            choices.add(() -> takeOneBack(number, worker));
        }
        if (worker.awayTold && !worker.recalled && (worker.outbox.isEmpty() || bug == Bug.RESULT_NOT_HEARD_BEFORE_DEATH)) {
            choices.add(() -> gone(number, worker));
        }
        return choices;
    }

    private void comesUp(Worker worker) {
        if (random.nextInt(failingStarts) == 0) {
            worker.dead = true;
        } else {
            worker.up = true;
            worker.outbox.add("ready");
        }
    }

    private void begins(Worker worker) {
        worker.job = worker.inbox.poll();
        begun.merge(worker.job, 1, Integer::sum);
        check(begun.get(worker.job) <= repeats.get(worker.job) + 1, "nothing is begun more often than it may be");
    }

    private void finishes(Worker worker) {
        worker.outbox.add("done");
        finished.merge(worker.job, 1, Integer::sum);
        worker.job = 0;
    }

    private void dies(Worker worker) {
        worker.dead = true;
        if (worker.job != 0) {
            deathsIn.merge(worker.job, 1, Integer::sum);
        }
    }

    private void heard(long number, Worker worker) {
        perform(worker.outbox.poll().equals("ready") ? dispatch.ready(number, now) : dispatch.done(number, now));
    }

    /** The pool's hand in a worker's pipe takes one after the other, until it finds nothing. */
    private void takeOneBack(long number, Worker worker) {
        if (!worker.inbox.isEmpty()) {
            worker.taken.add(bug == Bug.TAKEN_AND_LEFT ? worker.inbox.peekFirst() : worker.inbox.poll());
            if (bug != Bug.TAKEN_AND_LEFT) {
                return;
            }
        }
        worker.recalled = false;
        var back = bug == Bug.RECALL_FINDS_NOTHING ? Set.<Long>of() : Set.copyOf(worker.taken);
        worker.taken.clear();
        perform(dispatch.takenBack(number, back, now));
    }

    private void away(long number, Worker worker) {
        worker.awayTold = true;
        if (bug != Bug.AWAY_IS_NOT_TOLD) {
            dispatch.away(number);
        }
    }

    private void gone(long number, Worker worker) {
        var unreceived = bug == Bug.UNRECEIVED_COUNTS_AS_BEGUN ? Set.<Long>of() : Set.copyOf(worker.inbox);
        workers.remove(number);
        if (bug != Bug.DEATH_IS_NOT_TOLD) {
            perform(dispatch.gone(number, unreceived, now));
        }
    }

    private void perform(List<Deed> deeds) {
        for (var deed : deeds) {
            switch (deed) {
                case Deed.Start start -> start(start.worker());
                case Deed.Give give -> give(give);
                case Deed.Recall recall -> {
                    check(workers.containsKey(recall.worker()), "who is asked for a job is there");
                    workers.get(recall.worker()).recalled = true;
                }
                case Deed.Retire retire -> {
                    check(workers.containsKey(retire.worker()), "whoever is to retire is there");
                    workers.get(retire.worker()).retiring = true;
                }
                case Deed.Kill kill -> kill(kill.worker());
                case Deed.End end -> end(end);
            }
        }
        if (bug == Bug.END_IS_TOLD_TWICE) {
            deeds.stream().filter(deed -> deed instanceof Deed.End).forEach(deed -> end((Deed.End) deed));
        }
    }

    private void start(long number) {
        check(workers.put(number, new Worker()) == null, "a worker is started once");
        starts++;
    }

    private void give(Deed.Give give) {
        var worker = workers.get(give.worker());
        check(worker != null && !worker.awayTold, "whoever gets a job was not seen dead");
        check(!ended.containsKey(give.job()), "what has ended is not given out");
        worker.inbox.add(give.job());
        if (bug == Bug.LOST_IS_DONE_TWICE) {
            worker.inbox.add(give.job());
        }
    }

    private void kill(long number) {
        var worker = workers.get(number);
        check(worker != null, "whoever is to be ended is there");
        worker.retiring = true;
        if (bug != Bug.KILL_IS_FORGOTTEN) {
            worker.dead = true;
        } else {
            worker.immortal = true;
        }
    }

    private void end(Deed.End end) {
        check(ended.put(end.job(), end.verdict()) == null, "a job ends once");
    }

    private void check(boolean holds, String law) {
        if (!holds) {
            throw new AssertionError("It does not hold that " + law + ": plan " + plan + ", starts " + starts + ", ended "
                    + ended.entrySet().stream().map(Object::toString).collect(Collectors.joining(" ")) + ", workers " + workers.keySet());
        }
    }
}
