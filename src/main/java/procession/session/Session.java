package procession.session;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import procession.KeeperSilentException;
import procession.RunEndedException;
import procession.core.Answered;
import procession.core.Carried;
import procession.core.Command;
import procession.core.Frame;
import procession.core.Link;
import procession.core.Owner;
import procession.core.PrimitiveId;
import procession.core.Reply;
import procession.core.Request;
import procession.core.Resource;
import procession.core.Sent;

/**
 * This process's end of its link. The calling thread numbers its request and sends it; the session's actor receives.
 *
 * <p>Thread-safe: the link is guarded by this object's monitor, which is never held while anything blocks.
 */
public final class Session {

    /** What a session needs from the node around it. */
    public interface Node {
        /**
         * Sends a frame to the keeper. It must not block, and keep the order of calls.
         *
         * @param owner this session's number
         * @param frame the frame
         */
        void send(Owner owner, Frame<Sent> frame);

        /**
         * Calls {@link Session#tick} once, after a while.
         *
         * @param delay how long, in nanoseconds
         */
        void tickAfter(long delay);

        /**
         * Whether this thread belongs to a dispatcher of actors, and so must not block.
         *
         * @return whether it does
         */
        boolean onDispatcher();
    }

    /** A request that nobody waits for: a refusal is told to the next caller. */
    private record Quiet(long number, Request.Operate request) {
        PrimitiveId target() {
            return request.target();
        }

        String complaint(String why) {
            return "An earlier " + (request.command() instanceof Command.Signal ? "signal" : "release") + " was refused: " + why;
        }
    }

    /** One that leaves asks nothing any more, but sees to it that the keeper hears of it. */
    private enum Life { OPEN, LEAVING, OVER }

    /** What names begin with that nobody gave. */
    static final String UNIQUE = "#";

    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(100);
    /**
     * How much longer than a call's own time-out the keeper may take to say that it is over: so many steps, each of which this process
     * has lived through. One that stood still meanwhile (stopped, or in a debugger) has not listened, so time alone says nothing.
     */
    static final int GRACE_STEPS = 10;
    private static final long WELCOME_STEP = TimeUnit.SECONDS.toNanos(1);
    static final long GRACE_STEP = TimeUnit.MILLISECONDS.toNanos(100);

    private final Node node;
    /** Null if nobody is told of calls, which then costs nothing. */
    private final Testimony testimony;
    private final ExecutorService stages = Executors.newVirtualThreadPerTaskExecutor();
    private final Link<Sent, Answered> link = new Link<>();
    private final Map<Long, Call> calls = new HashMap<>();
    private final Map<PrimitiveId, String> complaints = new HashMap<>();
    private final Deque<Quiet> quiet = new ArrayDeque<>();
    private final Borrowed borrowed;
    private final List<Window> windows = new ArrayList<>();
    private Owner owner;
    private boolean settlementAwaited;
    private long nextPrimitive = 1;
    private long nextUnique = 1;
    private boolean tickComing;
    private int flushing;
    private final BriefWait brief = new BriefWait();
    private long leave;
    private volatile Life life = Life.OPEN;

    /**
     * A session that has not been welcomed yet: requests queue up.
     *
     * @param node what is around it
     */
    public Session(Node node) {
        this(node, null);
    }

    /**
     * The same, with somebody who is told of every call.
     *
     * @param node what is around it
     * @param witness is told; null for nobody
     */
    public Session(Node node, Witness witness) {
        this.node = node;
        this.testimony = witness == null ? null : new Testimony(witness);
        this.borrowed = new Borrowed(this::append, testimony);
    }

    // The keeper's side.

    /**
     * The keeper has accepted this process.
     *
     * @param number its number
     */
    public synchronized void welcomed(Owner number) {
        if (owner == null) {
            owner = number;
            if (testimony != null) {
                testimony.welcomed(number);
            }
            transmit();
            notifyAll();
        }
    }

    /**
     * Waits until the keeper has accepted this process. Time in which this process stands still, stopped or in a debugger, hardly counts.
     *
     * @param timeout how long
     * @return this process's number; null if it took longer
     * @throws InterruptedException if interrupted
     */
    public synchronized Owner awaitWelcome(Duration timeout) throws InterruptedException {
        long left = timeout.toNanos();
        while (owner == null && left > 0 && life != Life.OVER) {
            long step = Math.min(left, WELCOME_STEP);
            long since = System.nanoTime();
            TimeUnit.NANOSECONDS.timedWait(this, step);
            left -= Math.min(System.nanoTime() - since, step);
        }
        return owner;
    }

    /**
     * This process's number.
     *
     * @return the number; null until it is accepted
     */
    public synchronized Owner owner() {
        return owner;
    }

    /**
     * A frame has come.
     *
     * @param frame the frame
     */
    public synchronized void receive(Frame<Answered> frame) {
        boolean item = false;
        for (var received : link.receive(frame, System.nanoTime())) {
            var answered = received.message();
            item |= answered.reply() instanceof Reply.Item;
            deliver(answered);
        }
        link.settle();
        if (settlementAwaited) {
            notifyAll();
        }
        while (!quiet.isEmpty() && quiet.peek().number() <= link.settled()) {
            quiet.poll(); // Whatever the keeper had to say about it would have come before this acknowledgement settled.
        }
        transmit();
        hurry();
        // A received item is in flight until the keeper knows, so that is said at once; everything else can wait for company.
        if (item && link.owesAcknowledgement()) {
            node.send(owner, link.acknowledge());
        }
        scheduleTick();
    }

    private void deliver(Answered answered) {
        if (answered.reply() instanceof Reply.CalledIn called) {
            borrowed.end(called.lock());
            return;
        }
        if (life == Life.LEAVING && answered.request() == leave) {
            end();
            return;
        }
        var call = calls.remove(answered.request());
        if (call == null) {
            complain(answered);
        } else if (!call.end(new Call.Replied(answered.reply()))) {
            giveBack(call, answered.reply());
        } else {
            borrowed.answered(call, answered.reply());
            if (testimony != null) {
                testimony.onItsWay(call);
            }
        }
    }

    // What is lent to this process.

    /**
     * Grants a lock here, without asking anybody, if it is lent to this process.
     *
     * @return the grant; null if the keeper is to be asked
     */
    Reply.Granted acquireLent(PrimitiveId lock, boolean reentrant) {
        refuseOnDispatcher();
        var thread = Thread.currentThread();
        long strand = thread.threadId();
        synchronized (this) {
            if (life != Life.OPEN || (!complaints.isEmpty() && complaints.containsKey(lock)) || thread.isInterrupted()) {
                return null;
            }
            long next = link.nextNumber();
            var grant = borrowed.acquire(lock, strand, reentrant);
            if (grant != null) {
                transmitSince(next);
                awaitTick();
            }
            return grant;
        }
    }

    /** Sends, if the keeper is told something since the next number was this one: mostly it is not. */
    private void transmitSince(long next) {
        if (link.nextNumber() != next) {
            transmit();
        }
    }

    /** Gives a level of a hold back; no message if the lock is lent, or only one that says so. */
    void releaseLock(PrimitiveId lock, long fence) {
        synchronized (this) {
            if (life == Life.OPEN) {
                long next = link.nextNumber();
                switch (borrowed.release(lock, fence)) {
                    case ASK -> { }
                    case DONE -> {
                        transmitSince(next);
                        return;
                    }
                    case TELL -> {
                        tell(new Request.Operate(lock, new Command.KeepLock(fence)));
                        return;
                    }
                }
            }
        }
        tell(new Request.Operate(lock, new Command.ReleaseLock(fence)));
    }

    /** Gives up everything that is lent: this process ends, and what it does not hold must not seem abandoned. */
    public synchronized void endLoans() {
        if (owner != null && life == Life.OPEN) {
            borrowed.endAll();
            transmit();
        }
    }

    private void complain(Answered answered) {
        if (answered.reply() instanceof Reply.Refused refused) {
            quiet.stream().filter(sent -> sent.number() == answered.request()).findFirst()
                    .ifPresent(sent -> complaints.put(sent.target(), sent.complaint(refused.message())));
        }
    }

    /** Returns what its asker can no longer take. Sent before the acknowledgement of the answer, so that it comes in time. */
    private void giveBack(Call call, Reply reply) {
        if (call.request instanceof Request.Operate operate) {
            switch (reply) {
                case Reply.Granted granted -> send(quietly(operate.target(), switch (operate.command()) {
                    case Command.AcquirePermits asked -> new Command.ReleasePermits(granted.units(), granted.fence(), asked.owed());
                    case Command.AcquireReadWrite asked -> new Command.ReturnReadWrite(granted.fence());
                    default -> new Command.ReturnLock(granted.fence());
                }));
                case Reply.Resumed resumed -> {
                    if (resumed.signalled() && operate.command() instanceof Command.AwaitCondition await) {
                        send(quietly(operate.target(), new Command.Signal(await.condition(), resumed.fence(), 1)));
                    }
                    for (int depth = 0; depth < resumed.depth(); depth++) {
                        send(quietly(operate.target(), new Command.ReturnLock(resumed.fence())));
                    }
                }
                case Reply.Item item -> send(quietly(operate.target(), new Command.GiveBack(call.number)));
                case Reply.Items items -> send(quietly(operate.target(), new Command.GiveBack(call.number)));
                case Reply.DeadLetter letter -> send(quietly(operate.target(), new Command.GiveBack(call.number)));
                case Reply.Value value when value.isToArrive() -> send(quietly(operate.target(), new Command.GiveBack(call.number)));
                case Reply.Act act -> send(quietly(operate.target(),
                        new Command.ActionEnded(call.number, Optional.of("nobody to do it: the party had given up"))));
                default -> { }
            }
        }
    }

    private static Sent quietly(PrimitiveId target, Command command) {
        return new Sent(0, Sent.FOR_EVER, true, new Request.Operate(target, command));
    }

    /** Repeats what was not heard of, and acknowledges what nothing has acknowledged in passing. */
    public synchronized void tick() {
        tickComing = false;
        if (owner == null || life == Life.OVER) {
            return;
        }
        link.repeat(System.nanoTime()).ifPresent(frame -> node.send(owner, frame));
        if (link.owesAcknowledgement()) {
            node.send(owner, link.acknowledge());
        }
        borrowed.tick(TICK);
        transmit();
    }

    private void awaitTick() {
        if (!tickComing) {
            tickComing = true;
            node.tickAfter(TICK);
        }
    }

    private void scheduleTick() {
        if (link.repeatAt() != Long.MAX_VALUE || link.owesAcknowledgement() || borrowed.awaitsTick()) {
            awaitTick();
        }
        if (link.isFlushed()) {
            notifyAll();
        }
    }

    private void transmit() {
        if (owner == null) {
            return;
        }
        for (var frame = link.transmit(System.nanoTime()); frame.isPresent(); frame = link.transmit(System.nanoTime())) {
            node.send(owner, frame.get());
        }
        scheduleTick();
    }

    /** What is sent goes out with the next {@link #transmit}, so a witness has heard of it before. */
    private long send(Sent sent) {
        borrowed.endBefore(sent.request());
        if (!windows.isEmpty() && sent.request() instanceof Request.Operate(var target, Command.TaskDone done)) {
            windows.stream().filter(window -> window.target().equals(target)).forEach(Window::tell);
        }
        return append(sent);
    }

    private long append(Sent sent) {
        long number = link.send(sent);
        if (testimony != null) {
            testimony.sending(number, sent);
        }
        return number;
    }

    /**
     * Waits until the keeper has everything that was sent.
     *
     * @param timeout how long at most
     * @return whether it has
     * @throws InterruptedException if interrupted
     */
    public synchronized boolean flush(Duration timeout) throws InterruptedException {
        settleWindows();
        long until = System.nanoTime() + timeout.toNanos();
        flushing++;
        try {
            hurry();
            for (long left = timeout.toNanos(); !link.isFlushed() && left > 0 && life != Life.OVER; left = until - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } finally {
            flushing--;
        }
        return link.isFlushed();
    }

    /** The keeper may wait a while before it acknowledges; somebody here waits for that. */
    private void hurry() {
        if (flushing > 0 && owner != null && life != Life.OVER) {
            link.hurry().ifPresent(frame -> node.send(owner, frame));
        }
    }

    /** The run has ended, or this process has left it: every call that waits, and every one that comes, is told so. */
    public void end() {
        synchronized (this) {
            life = Life.OVER;
            notifyAll();
        }
        endCalls();
    }

    /**
     * Waits until a witness has been told of every call that has ended.
     *
     * @param timeout how long at most
     * @throws InterruptedException if interrupted
     */
    public void awaitTold(Duration timeout) throws InterruptedException {
        if (testimony != null) {
            testimony.awaitTold(timeout);
        }
    }

    /** This process has met what a handle stands for. */
    void met(Carried carried) {
        if (testimony != null) {
            testimony.met(carried);
        }
    }

    /**
     * Leaves the run: the keeper settles what this process holds, after all it has sent. Every call that waits, and every one that
     * comes, is told so; {@link #awaitEnd} waits until the keeper has it.
     */
    public void leave() {
        synchronized (this) {
            if (isEnded()) {
                return;
            }
            settleWindows();
            life = Life.LEAVING;
            leave = send(new Sent(0, Sent.FOR_EVER, false, new Request.Leave()));
            transmit();
        }
        endCalls();
    }

    private void endCalls() {
        List<Call> open;
        synchronized (this) {
            open = List.copyOf(calls.values());
            calls.clear();
        }
        open.forEach(call -> {
            if (call.end(new Call.SessionEnded()) && testimony != null) {
                testimony.ended(call, Witness.Ending.RUN_ENDED);
            }
        });
    }

    /**
     * Waits until the run has ended, or the keeper has let this process go.
     *
     * @param timeout how long at most
     * @return whether it has
     * @throws InterruptedException if interrupted
     */
    public synchronized boolean awaitEnd(Duration timeout) throws InterruptedException {
        long until = System.nanoTime() + timeout.toNanos();
        for (long left = timeout.toNanos(); life != Life.OVER && left > 0; left = until - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return life == Life.OVER;
    }

    /**
     * Whether nothing can be asked any more: the run has ended, or this process leaves it.
     *
     * @return whether it is so
     */
    public boolean isEnded() {
        return life != Life.OPEN;
    }

    /**
     * Whether this process has left the run, or is leaving it.
     *
     * @return whether it has
     */
    public synchronized boolean hasLeft() {
        return leave != 0;
    }

    // The callers' side.

    /** Asks and waits. An interrupt withdraws the request and takes the keeper's verdict. */
    Answered ask(Object via, Request request, long timeout) throws InterruptedException {
        refuseOnDispatcher();
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        var call = Call.awaited(via, request, timeout);
        complainTo(request);
        submit(call, Thread.currentThread().threadId());
        return new Answered(call.number, await(call));
    }

    /** Asks and waits through interrupts, for what is answered at once; an interrupt is kept. */
    Reply askUninterrupted(Object via, Request request) {
        return askedUninterrupted(via, request).reply();
    }

    /** The same, with the number of the request, for what refers to it. */
    Answered askedUninterrupted(Object via, Request request) {
        refuseOnDispatcher();
        boolean interrupted = Thread.interrupted();
        try {
            var call = Call.awaited(via, request, Sent.FOR_EVER);
            submit(call, Thread.currentThread().threadId());
            while (call.end() == null) {
                LockSupport.park(this);
                interrupted |= Thread.interrupted();
            }
            return new Answered(call.number, verdict(call, false));
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Reply await(Call call) throws InterruptedException {
        long stepOver = call.patience() == Sent.FOR_EVER ? Long.MAX_VALUE : stepAfter(Math.max(0, call.timeout));
        int silence = 0;
        boolean interrupted = false;
        long since = System.nanoTime();
        brief.await(call);
        while (call.end() == null) {
            if (stepOver == Long.MAX_VALUE) {
                LockSupport.park(this);
            } else if (System.nanoTime() - stepOver < 0) {
                LockSupport.parkNanos(this, stepOver - System.nanoTime());
            } else {
                silent(call, ++silence);
                stepOver = stepAfter(0);
            }
            if (Thread.interrupted() && !interrupted) {
                interrupted = true;
                withdraw(call);
            }
        }
        brief.took(System.nanoTime() - since);
        return verdict(call, interrupted);
    }

    private static RuntimeException stillInterrupted(boolean interrupted, RuntimeException thrown) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return thrown;
    }

    private static long stepAfter(long timeout) {
        long now = System.nanoTime();
        long at = now + timeout + GRACE_STEP;
        return at < now ? Long.MAX_VALUE : at;
    }

    private Reply verdict(Call call, boolean interrupted) throws InterruptedException {
        if (testimony != null) {
            testimony.handingOver(call, call.end(), interrupted);
        }
        switch (call.end()) {
            case Call.Replied replied when interrupted && replied.reply() instanceof Reply.TimedOut -> throw new InterruptedException();
            case Call.Replied replied -> {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
                return replied.reply();
            }
            case Call.SessionEnded end -> throw stillInterrupted(interrupted, over());
            case Call.KeeperSilent silence -> throw stillInterrupted(interrupted, silent());
            case Call.Abandoned abandoned -> throw new AssertionError("a thread that waits does not abandon its call");
        }
    }

    static KeeperSilentException silent() {
        return new KeeperSilentException("The keeper has not answered for a second longer than the call's own time-out. Whether the"
                + " call took effect is not known; a grant or an item that still comes is given back.");
    }

    /** Why nothing can be asked any more. */
    RunEndedException over() {
        return new RunEndedException(hasLeft() ? "This process has left the run; its locks, queues and pipes are for others now."
                : "The run has ended; its locks, queues and pipes are gone.");
    }

    /** Asks, and has the answer worked on and delivered off the session's dispatcher. */
    <T> CompletableFuture<T> askAsync(Object via, Request request, long timeout, Function<Answered, T> result) {
        var future = new Pending<T>();
        var call = Call.told(via, request, timeout, (own, end) -> stages.execute(() -> complete(future, own, end, result)));
        future.withdrawnBy(() -> abandoned(call), () -> withdraw(call));
        complainTo(request);
        submit(call, 0);
        expectAnswer(call);
        return future;
    }

    /**
     * Asks, and has the end told at once, in the order in which the keeper answers, by the thread that brings the answer: it is only to
     * be passed on there. Complaints about others' releases are not its business.
     */
    Call askTold(Object via, Request request, long timeout, BiConsumer<Call, Call.End> then) {
        var call = Call.told(via, request, timeout, told(then));
        submit(call, 0);
        expectAnswer(call);
        return call;
    }

    private BiConsumer<Call, Call.End> told(BiConsumer<Call, Call.End> then) {
        return testimony == null ? then : (own, end) -> {
            testimony.handingOver(own, end, false);
            then.accept(own, end);
        };
    }

    /** No longer wants an answer; what still comes goes back. */
    void abandon(Call call) {
        if (abandoned(call)) {
            withdraw(call);
        }
    }

    private boolean abandoned(Call call) {
        boolean first = call.end(new Call.Abandoned());
        if (first && testimony != null) {
            testimony.ended(call, Witness.Ending.ABANDONED);
        }
        return first;
    }

    private void expectAnswer(Call call) {
        if (call.patience() != Sent.FOR_EVER) {
            awaitStep(call, Math.max(0, call.timeout), 1);
        }
    }

    private void awaitStep(Call call, long timeout, int silence) {
        long step = timeout + GRACE_STEP;
        call.timedBy(after(step < 0 ? Long.MAX_VALUE : step, () -> {
            silent(call, silence);
            if (call.end() == null) {
                awaitStep(call, 0, silence + 1);
            }
        }));
    }

    /**
     * One more step after its time-out, and no answer. Half-way it is withdrawn: a request that left late, as this process stood still, has
     * its time-out before it at the keeper's, and is answered by that.
     */
    private void silent(Call call, int steps) {
        if (steps == GRACE_STEPS / 2) {
            withdraw(call);
        } else if (steps >= GRACE_STEPS) {
            giveUp(call);
        }
    }

    private void giveUp(Call call) {
        if (call.end(new Call.KeeperSilent())) {
            if (testimony != null) {
                testimony.onItsWay(call);
            }
            withdraw(call);
        }
    }

    private <T> void complete(Pending<T> future, Call call, Call.End how, Function<Answered, T> result) {
        if (testimony != null) {
            testimony.handingOver(call, how, false);
        }
        try {
            switch (how) {
                case Call.Replied replied -> future.deliver(result.apply(new Answered(call.number, replied.reply())));
                case Call.SessionEnded end -> future.fail(over());
                case Call.KeeperSilent silence -> future.fail(silent());
                case Call.Abandoned abandoned -> { } // Whoever abandoned it completes the future.
            }
        } catch (Throwable error) {
            future.fail(error);
        }
    }

    // Windows, which are guarded by this object's monitor as well.

    synchronized void opened(Window window) {
        if (isEnded()) {
            throw over();
        }
        windows.add(window);
    }

    synchronized void closed(Window window) {
        windows.remove(window);
    }

    void closeWindows(Handle of) {
        windows(window -> window.handle == of).forEach(Window::close);
    }

    private synchronized List<Window> windows(Predicate<Window> which) {
        return windows.stream().filter(which).toList();
    }

    /** Nothing more is put or got through windows: what was put goes to the keeper, and what was not got goes back. */
    public void closeWindows() {
        for (var window : windows(any -> true)) {
            try {
                window.close(false);
            } catch (RuntimeException refused) {
                // Nobody is there any more to be told.
            }
        }
    }

    /** What was put through windows goes to the keeper, whatever room there is, and what was got through them is told. */
    private void settleWindows() {
        if (!isEnded()) {
            windows.forEach(Window::settle);
            transmit();
        }
    }

    /** As {@link #askTold}, but it goes out with the next {@link #transmitNow}. The monitor is held. */
    Call askBehind(Object via, Request request, long timeout, BiConsumer<Call, Call.End> then) {
        var call = Call.told(via, request, timeout, told(then));
        enqueue(call, 0);
        return call;
    }

    /** As {@link #tellUnheard}, but it goes out with the next {@link #transmitNow}. The monitor is held. */
    void tellBehind(PrimitiveId target, Command command) {
        send(quietly(target, command));
    }

    /** As {@link #tellUnheard}, but it goes out with whatever is asked next. */
    synchronized void tellBehindNext(PrimitiveId target, Command command) {
        if (isEnded()) {
            throw over();
        }
        tellBehind(target, command);
    }

    synchronized void transmitNow() {
        transmit();
    }

    /** Waits until the keeper has this request, and what it has to say at once has been heard. */
    synchronized void awaitSettled(long number) throws InterruptedException {
        settlementAwaited = true;
        while (link.settled() < number && life == Life.OPEN) {
            wait();
        }
    }

    /** As {@link #withdraw}, but it goes out with the next {@link #transmitNow}. The monitor is held. */
    void withdrawBehind(Call call) {
        if (!isEnded() && calls.containsKey(call.number)) {
            send(new Sent(0, Sent.FOR_EVER, true, new Request.Withdraw(call.number)));
        }
    }

    /** As {@link #abandon}, but it goes out with the next {@link #transmitNow}. The monitor is held. */
    void abandonBehind(Call call) {
        if (abandoned(call)) {
            withdrawBehind(call);
        }
    }

    /** Has something done off the session's dispatcher. */
    void soon(Runnable work) {
        stages.execute(work);
    }

    /** The same, after a while, unless it is cancelled. */
    CompletableFuture<?> after(long nanos, Runnable work) {
        var timer = new CompletableFuture<Void>().completeOnTimeout(null, nanos, TimeUnit.NANOSECONDS);
        timer.thenRunAsync(work, stages);
        return timer;
    }

    boolean onDispatcher() {
        return node.onDispatcher();
    }

    void refuseOnDispatcher() {
        if (node.onDispatcher()) {
            throw new IllegalStateException("This call would block a dispatcher's thread, and with it other actors: in an actor use the"
                    + " Async twin, or ref() and messages.");
        }
    }

    private synchronized void submit(Call call, long strand) {
        enqueue(call, strand);
        transmit();
    }

    private void enqueue(Call call, long strand) {
        if (isEnded()) {
            throw over();
        }
        call.strand = strand;
        call.number = send(new Sent(strand, call.timeout, false, call.request));
        calls.put(call.number, call);
    }

    private synchronized void complainTo(Request request) {
        if (!isEnded() && request instanceof Request.Operate operate) {
            var complaint = complaints.remove(operate.target());
            if (complaint != null) {
                throw new IllegalStateException(complaint);
            }
        }
    }

    /** Withdraws every call that was made through a handle. */
    synchronized void withdrawAll(Object via) {
        List.copyOf(calls.values()).stream().filter(call -> call.via == via).forEach(this::withdraw);
    }

    synchronized void withdraw(Call call) {
        withdrawBehind(call);
        if (!isEnded()) {
            transmit();
        }
    }

    /** Asks without waiting for an answer; a refusal is told to the next caller of the same primitive. */
    void tell(Request request) {
        synchronized (this) {
            if (isEnded()) {
                throw over();
            }
            long number = send(new Sent(Thread.currentThread().threadId(), Sent.FOR_EVER, true, request));
            if (request instanceof Request.Operate operate) {
                quiet.add(new Quiet(number, operate));
            }
            transmit();
        }
    }

    /**
     * Tells the keeper something about processes, without waiting.
     *
     * @param request what
     */
    public void announce(Request request) {
        tell(request);
    }

    /**
     * Asks the keeper something about processes.
     *
     * @param request what
     * @return completes with the answer, or exceptionally when the run ends
     */
    public CompletableFuture<Reply> inquire(Request request) {
        return askAsync(this, request, Sent.FOR_EVER, Answered::reply);
    }

    /** Lets go of a copy; nothing to do when the run has ended. */
    void drop(Resource resource) {
        tellUnheard(new Request.Drop(resource, 1));
    }

    /** Asks without anybody hearing of the outcome, not even of a refusal; nothing to do when the run has ended. */
    synchronized void tellUnheard(Request request) {
        if (!isEnded()) {
            send(new Sent(0, Sent.FOR_EVER, true, request));
            transmit();
        }
    }

    /** A name that no process of the run has given to anything. */
    synchronized String uniqueName() {
        return UNIQUE + accepted() + "." + nextUnique++;
    }

    private long accepted() {
        if (owner == null) {
            throw new IllegalStateException("This process has not been accepted by the keeper yet.");
        }
        return owner.number();
    }

    synchronized PrimitiveId create(procession.core.Spec spec) {
        if (isEnded()) {
            throw over();
        }
        var id = new PrimitiveId(accepted(), nextPrimitive++);
        send(new Sent(0, Sent.FOR_EVER, true, new Request.Create(id.number(), spec)));
        transmit();
        return id;
    }
}
