package procession.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import procession.BrokenPoolException;
import procession.DecodingException;
import procession.EncodingException;
import procession.Outcome;
import procession.PoolOptions;
import procession.Process;
import procession.RemoteError;
import procession.TaskOutcome;
import procession.core.Payload;

/**
 * Does what {@link Dispatch} says, with real workers. What happens is told to it one thing at a time, under this object's monitor, which is
 * never held while anything waits or while anything of the user's runs.
 */
final class WorkerPool {

    private static final Pattern ARGUMENT = Pattern.compile("item\\[4]\\[(\\d+)]");
    private static final Pattern OF_INITIALIZER = Pattern.compile("item\\[2]\\[(\\d+)]");

    private final Host host;
    private final PoolOptions options;
    private final PoolSettings settings;
    private final String name;
    private final Dispatch dispatch;
    private final ChunkSizes chunkSizes;
    private final Payload begin;
    private final Payload end;
    private final Object[] initializerArguments;
    private final Map<Long, Hand> hands = new LinkedHashMap<>();
    private final Map<Long, Job> jobs = new LinkedHashMap<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private TaskOutcome<Object> startFailure;
    private boolean brokenTold;
    private long nextJob = 1;
    private long nextTick = Long.MAX_VALUE;

    WorkerPool(Host host, PoolOptions options, PoolSettings settings, String name) {
        this.host = host;
        this.options = options;
        this.settings = settings;
        this.name = name;
        this.dispatch = new Dispatch(new Plan(options.workers(), options.tasksPerWorker(), settings.tries(),
                settings.firstPause().toNanos(), settings.longestPause().toNanos()));
        this.chunkSizes = new ChunkSizes(options.workers());
        this.initializerArguments = options.initializerArguments();
        this.begin = beginning();
        this.end = host.encode(Messages.end());
    }

    private Payload beginning() {
        var initializer = options.initializer().map(host::reference).orElse(List.of());
        try {
            return host.encode(Messages.begin(initializer, initializerArguments));
        } catch (EncodingException cannotTravel) {
            var item = OF_INITIALIZER.matcher(cannotTravel.getMessage());
            throw !item.lookingAt() ? cannotTravel : new EncodingException("The initializer of pool " + name + ": argument "
                    + (Integer.parseInt(item.group(1)) + 1) + cannotTravel.getMessage().substring(item.end()), cannotTravel);
        }
    }

    void open() {
        happened(Dispatch::open);
    }

    String name() {
        return name;
    }

    Host host() {
        return host;
    }

    // What users ask.

    List<Process> workers() {
        synchronized (this) {
            return hands.values().stream().filter(hand -> hand.link != null && !hand.exited).map(hand -> hand.link.process()).toList();
        }
    }

    synchronized int chunkOf(List<String> method, int tasks) {
        return chunkSizes.of(method, tasks);
    }

    /** How many items of an input are read and not taken. */
    int readAhead(int chunk) {
        int said = options.readAhead() > 0 ? options.readAhead() : settings.readAhead();
        return said > 0 ? Math.max(said, chunk) : chunk * 2 * (options.workers() + 1);
    }

    synchronized void refuseUnlessOpen() {
        if (dispatch.isBroken()) {
            throw new BrokenPoolException("Pool " + name + " has ended, since its workers could not be started: " + why() + ".");
        }
        if (!dispatch.isOpen()) {
            throw new IllegalStateException("Pool " + name + " takes no more tasks: it has been shut down, closed or terminated.");
        }
    }

    private String why() {
        return startFailure instanceof TaskOutcome.WorkerLost<?> lost ? "worker " + lost.name() + " ended as it began: " + lost.outcome()
                : "the last one " + startFailure;
    }

    /** Encodes tasks that go to a worker together. */
    Job job(String label, List<String> method, List<Object[]> tasks, Consumer<List<TaskOutcome<Object>>> then) {
        int arity = tasks.getFirst().length;
        var flat = new Object[arity * tasks.size()];
        for (int task = 0; task < tasks.size(); task++) {
            var own = tasks.get(task);
            for (int argument = 0; argument < arity; argument++) {
                flat[task * arity + argument] = own[argument];
            }
        }
        try {
            long number = number();
            var payload = host.encode(Messages.job(new Messages.Job(method, arity, flat, tasks.size()), number));
            return new Job(number, label, method, tasks.size(), payload, flat, then);
        } catch (EncodingException cannotTravel) {
            var item = ARGUMENT.matcher(cannotTravel.getMessage());
            throw new EncodingException(TaskResult.capitalized(label) + " cannot be done: " + (item.lookingAt()
                    ? "argument " + (Integer.parseInt(item.group(1)) % arity + 1) + cannotTravel.getMessage().substring(item.end())
                    : cannotTravel.getMessage()), cannotTravel);
        }
    }

    private synchronized long number() {
        return nextJob++;
    }

    void submit(List<Job> all, int repeats) {
        happened((state, now) -> {
            refuseUnlessOpen();
            var deeds = new ArrayList<Deed>();
            for (var job : all) {
                jobs.put(job.number(), job);
                deeds.addAll(state.submitted(job.number(), job.tasks(), repeats, job.payload().carried().isEmpty(), job.type(), now));
            }
            return deeds;
        });
    }

    void cancel(List<Job> all) {
        happened((state, now) -> {
            var deeds = new ArrayList<Deed>();
            for (int last = all.size() - 1; last >= 0; last--) { // So that none of them is begun in place of one that ran.
                deeds.addAll(state.cancelled(all.get(last).number(), now));
            }
            return deeds;
        });
    }

    void shutdown() {
        happened(Dispatch::shutdown);
    }

    void terminate() {
        happened(Dispatch::terminated);
    }

    private synchronized void refuseUnlessEnding() {
        if (dispatch.isOpen()) {
            throw new IllegalStateException("Pool " + name + " cannot be joined: it has not been shut down, closed or terminated.");
        }
    }

    void join() throws InterruptedException {
        refuseUnlessEnding();
        over.await();
    }

    boolean join(Duration timeout) throws InterruptedException {
        refuseUnlessEnding();
        return over.await(Times.nanos(timeout), TimeUnit.NANOSECONDS);
    }

    boolean isOver() {
        return over.getCount() == 0;
    }

    void close() {
        shutdown();
        boolean interrupted = false;
        while (over.getCount() > 0) {
            try {
                over.await();
            } catch (InterruptedException stop) {
                interrupted = true;
                terminate();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    // What happens.

    @FunctionalInterface
    private interface Happening {
        List<Deed> at(Dispatch state, long now);
    }

    private void happened(Happening happening) {
        var afterwards = new ArrayList<Runnable>();
        synchronized (this) {
            happening.at(dispatch, System.nanoTime()).forEach(deed -> perform(deed, afterwards));
            awaitTick(dispatch.wakeAt());
            if (dispatch.isOver()) {
                over.countDown();
            }
            if (dispatch.isBroken() && !brokenTold) {
                brokenTold = true;
                afterwards.add(() -> host.tell("Pool " + name + " ends: its workers cannot be started: " + why() + "."));
            }
        }
        afterwards.forEach(Runnable::run);
    }

    private void awaitTick(OptionalLong at) {
        if (at.isPresent() && at.getAsLong() != nextTick) {
            nextTick = at.getAsLong();
            host.later(Math.max(0, nextTick - System.nanoTime()), () -> happened(Dispatch::tick));
        }
    }

    private void perform(Deed deed, List<Runnable> afterwards) {
        switch (deed) {
            case Deed.Start start -> start(start.worker());
            case Deed.Give give -> give(hands.get(give.worker()), jobs.get(give.job()));
            case Deed.Recall recall -> recall(hands.get(recall.worker()));
            case Deed.Retire retire -> send(hands.get(retire.worker()), end);
            case Deed.Kill kill -> kill(hands.get(kill.worker()));
            case Deed.End ended -> end(ended, afterwards);
        }
    }

    private void start(long number) {
        var hand = new Hand(number, name + "-worker-" + number);
        hands.put(number, hand);
        try {
            hand.link = host.hire(hand.name, jvmOptions());
        } catch (RuntimeException refused) {
            host.execute(() -> neverCame(hand, refused));
            return;
        }
        send(hand, begin);
        var first = hand.link.receive();
        host.execute(() -> listen(hand, first));
        hand.link.process().onExit().whenComplete((outcome, error) -> exited(hand, outcome, error));
    }

    private List<String> jvmOptions() {
        var all = new ArrayList<>(settings.jvmOptions());
        all.addAll(options.jvmOptions());
        return all;
    }

    private void neverCame(Hand hand, Throwable why) {
        synchronized (this) {
            hand.startError = RemoteError.of(why);
            hand.exited = true;
            hand.heardAll = true;
        }
        goneIfSo(hand);
    }

    private void give(Hand hand, Job job) {
        hand.jobs.add(job);
        if (hand.learnt.add(job.type())) {
            send(hand, host.encode(Messages.learn(job.type())));
        }
        try {
            hand.link.send(job.payload()).whenComplete((sent, error) -> {
                if (error != null) {
                    unsent(hand, job, error);
                }
            });
        } catch (RuntimeException refused) {
            host.execute(() -> unsent(hand, job, refused));
        }
    }

    private void recall(Hand hand) {
        var told = new CompletableFuture<Void>();
        hand.recall = told;
        takeBack(hand).whenComplete((taken, failed) -> host.execute(() -> {
            happened((state, now) -> {
                var back = hand.among(failed == null ? taken : List.of());
                hand.jobs.removeIf(job -> back.contains(job.number()));
                return state.takenBack(hand.number, back, now);
            });
            told.complete(null);
        }));
    }

    private static CompletableFuture<List<Payload>> takeBack(Hand hand) {
        try {
            return hand.link.takeBack();
        } catch (RuntimeException runEnded) {
            return CompletableFuture.failedFuture(runEnded);
        }
    }

    /** What is wrong is wrong with the job, or with the run: the worker may go on. */
    private void unsent(Hand hand, Job job, Throwable error) {
        happened((state, now) -> {
            if (hand.jobs.peekFirst() != job || hand.exited) {
                return List.of();
            }
            return answered(hand, () -> hand.failed(RemoteError.of(error)), now);
        });
    }

    private static void send(Hand hand, Payload message) {
        try {
            hand.link.send(message);
        } catch (RuntimeException runEnded) {
            // Then the worker ends, too.
        }
    }

    /** A worker that could not be started is gone already. */
    private static void kill(Hand hand) {
        if (hand.link != null) {
            hand.link.end();
        }
    }

    private void end(Deed.End ended, List<Runnable> afterwards) {
        var job = jobs.remove(ended.job());
        var hand = hands.get(ended.worker());
        var outcomes = switch (ended.verdict()) {
            case DONE -> hand.answer;
            case LOST -> Collections.nCopies(job.tasks(), hand.end());
            case CANCELLED -> Collections.nCopies(job.tasks(), (TaskOutcome<Object>) new TaskOutcome.Cancelled<>());
            case BROKEN -> Collections.nCopies(job.tasks(), startFailure);
        };
        afterwards.add(() -> job.then().accept(outcomes));
    }

    /**
     * Hears what a worker says, in its order: the next message is looked at when the last one is done with; and not while something is
     * taken out of its pipe, since it would not be known what the message answers.
     */
    private void listen(Hand hand, CompletableFuture<Object> first) {
        var next = first;
        while (next.isDone()) {
            Object message = null;
            Throwable error = null;
            try {
                message = next.join();
            } catch (CompletionException failed) {
                error = failed.getCause();
            } catch (CancellationException closed) {
                error = closed;
            }
            CompletableFuture<?> recall;
            synchronized (this) {
                recall = hand.recall;
            }
            if (!recall.isDone()) {
                var held = next;
                recall.whenComplete((told, never) -> listen(hand, held));
                return;
            }
            if (error != null && !(error instanceof DecodingException)) {
                heardAll(hand);
                return;
            }
            try {
                next = hand.link.receive();
            } catch (RuntimeException ended) {
                next = CompletableFuture.failedFuture(ended);
            }
            heard(hand, message, error);
        }
        var awaited = next;
        awaited.whenComplete((message, error) -> listen(hand, awaited));
    }

    private void heard(Hand hand, Object message, Throwable error) {
        happened((state, now) -> {
            if (error != null) {
                return answered(hand, () -> hand.failed(RemoteError.of(error)), now);
            }
            return switch (Messages.kind(message)) {
                case Messages.READY -> state.ready(hand.number, now);
                case Messages.UNABLE -> {
                    hand.startError = Messages.why(message);
                    yield List.of();
                }
                case Messages.UNREADABLE -> answered(hand, () -> hand.failed(Messages.why(message)), now);
                default -> answered(hand, () -> {
                    hand.answered(message);
                    var job = hand.jobs.getFirst();
                    chunkSizes.took(job.method(), job.tasks(), Messages.nanos(message));
                }, now);
            };
        });
    }

    private List<Deed> answered(Hand hand, Runnable taken, long now) {
        if (hand.jobs.isEmpty()) {
            return List.of();
        }
        taken.run();
        hand.jobs.removeFirst();
        return dispatch.done(hand.number, now);
    }

    private synchronized void heardAll(Hand hand) {
        hand.heardAll = true;
        host.execute(() -> goneIfSo(hand));
    }

    /** What it never received goes to another; what it said last is heard before it counts as gone. */
    private void exited(Hand hand, Outcome outcome, Throwable error) {
        if (error != null) {
            neverCame(hand, error.getCause() != null ? error.getCause() : error);
            return;
        }
        CompletableFuture<?> recall;
        synchronized (this) {
            hand.outcome = outcome;
            dispatch.away(hand.number);
            recall = hand.recall;
        }
        recall.thenCompose(told -> hand.link.takeBack()).whenComplete((taken, failed) -> exited(hand, failed == null ? taken : List.of()));
    }

    private void exited(Hand hand, List<Payload> taken) {
        synchronized (this) {
            hand.unreceived = hand.among(taken);
            hand.exited = true;
        }
        hand.link.letGo();
        goneIfSo(hand);
    }

    private void goneIfSo(Hand hand) {
        happened((state, now) -> {
            if (!hand.isGone() || !hands.containsKey(hand.number)) {
                return List.of();
            }
            tell(hand);
            return state.gone(hand.number, hand.unreceived, now);
        });
        synchronized (this) {
            if (!hand.isGone() || hands.remove(hand.number) == null) {
                return;
            }
        }
        if (hand.link != null) {
            hand.link.close();
        }
    }

    /** Keeps how a start failed; says that a worker was lost. */
    private void tell(Hand hand) {
        if (dispatch.isStarting(hand.number)) {
            startFailure = hand.end();
            return;
        }
        var job = hand.jobs.peekFirst();
        if (job != null && jobs.containsKey(job.number()) && !hand.unreceived.contains(job.number())) {
            var line = "Worker " + hand.name + " (pid " + hand.pid() + ") has ended while it did " + job.label() + ": "
                    + hand.outcome + (dispatch.mayRepeat(hand.number) ? "; that is done again." : ".");
            host.execute(() -> host.tell(line));
        }
    }
}
