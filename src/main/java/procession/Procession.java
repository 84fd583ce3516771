package procession;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One run: the processes of a program, and the locks, queues and pipes between them.
 *
 * <pre>{@code
 * try (var run = Procession.start()) {
 *     var lock = run.lock();
 *     var client = run.process(Tickets::buy, lock, 3).name("client-1").start();
 *     client.join();
 * }
 * }</pre>
 *
 * <p>The process that calls {@link #start()} is the run's main process. There is one run per JVM at a time. A child finds its run by
 * {@link #current()}, and a program that was started separately takes part by {@link #join(String)}. All methods may be called from any
 * thread.
 *
 * <p>In Python: the module {@code multiprocessing}, or a context of {@code get_context('spawn')}.
 */
public interface Procession extends AutoCloseable {

    /**
     * Starts a run, with the settings of the command line and the configuration files. Where the command line says
     * {@code run --join RUN}, it joins that run instead: see {@link #join(String)}.
     *
     * @return the run; this process is its main process, or has joined it
     * @throws IllegalStateException if this JVM has a run already, or is a child of one
     * @throws SettingsException if a setting is wrong
     * @throws ClusterException if this node cannot be started
     */
    static Procession start() {
        return start(Map.of());
    }

    /**
     * Starts a run. Where the command line says {@code run --join RUN}, it joins that run instead: see {@link #join(String, Map)}.
     *
     * @param settings settings that win over all others, by their full key, such as {@code "procession.name"}
     * @return the run; this process is its main process, or has joined it
     * @throws IllegalStateException if this JVM has a run already, or is a child of one
     * @throws SettingsException if a setting is wrong
     * @throws RunNotFoundException if the command line says to join a run that is not there
     * @throws ClusterException if this node cannot be started
     */
    static Procession start(Map<String, ?> settings) {
        return Provider.get().start(settings);
    }

    /**
     * Joins a run that is going on, with the settings of the command line and the configuration files. See
     * {@link #join(String, Map)}.
     *
     * @param run name of the run; or its name, a dash, and the pid of its main process, where several have that name
     * @return the run, of which this process is one now
     * @throws RunNotFoundException if no run of this user on this machine has that name, or several have
     * @throws IllegalStateException if this JVM has a run already, or is a child of one
     * @throws SettingsException if a setting is wrong
     * @throws ClusterException if the run does not answer, or is one of another version of Procession, or this node cannot be started
     */
    static Procession join(String run) {
        return join(run, Map.of());
    }

    /**
     * Joins a run that is going on: Python's {@code BaseManager.connect()}. The run is found by its name, among those of the same user
     * on this machine. This process is a full member of it then: it finds locks and queues by their names, starts processes, and when
     * it dies, what it held passes on. It was not started by the run, so it has no parent, and nobody waits for it.
     *
     * <p>Its name is {@code procession.process.name}, or else {@code Joined-} and its pid.
     *
     * <p>{@link #close()}, or the return of the thread that called this, leaves the run: children that are no daemons are waited for,
     * what this process holds passes on, and the run goes on without it.
     *
     * <p>The end of the run does not end this process. All calls throw {@link RunEndedException} then, those that wait too; its
     * children, which were processes of that run, are ended. It may close this run and start or join another.
     *
     * <p>It waits until the run answers, at most {@code procession.join.timeout}.
     *
     * @param run name of the run; or its name, a dash, and the pid of its main process, where several have that name
     * @param settings settings that win over all others, by their full key, such as {@code "procession.process.name"}; what all
     *     processes of a run must share is the run's
     * @return the run, of which this process is one now
     * @throws RunNotFoundException if no run of this user on this machine has that name, or several have
     * @throws IllegalStateException if this JVM has a run already, or is a child of one
     * @throws SettingsException if a setting is wrong
     * @throws ClusterException if the run does not answer, or is one of another version of Procession, or this node cannot be started
     */
    static Procession join(String run, Map<String, ?> settings) {
        return Provider.get().join(run, settings);
    }

    /**
     * The run this process takes part in.
     *
     * @return the run
     * @throws IllegalStateException if there is none
     */
    static Procession current() {
        return Provider.get().current();
    }

    /**
     * This process, as itself sees it: Python's {@code current_process()}.
     *
     * @return this process; {@code MainProcess} in the main process
     * @throws IllegalStateException if there is no run
     */
    static Process currentProcess() {
        return Provider.get().currentProcess();
    }

    /**
     * The process that started this one: Python's {@code parent_process()}. It can be looked at and joined, not terminated.
     *
     * @return the parent; empty in the main process, and in one that has joined
     * @throws IllegalStateException if there is no run
     */
    static Optional<Process> parentProcess() {
        return Provider.get().parentProcess();
    }

    /**
     * Ends this process with an exit status: Python's {@code sys.exit(n)}. Unlike {@link System#exit}, the status is told to the
     * parent exactly. What has been put, sent or released is delivered first. In the main process it ends the run and its children,
     * in one that has joined its children. It does not return.
     *
     * @param status from 0 to 255
     * @throws IllegalArgumentException if the status is outside that range; Python keeps its low 8 bits, so 256 looks like success
     */
    static void exit(int status) {
        Provider.get().exit(status);
    }

    // Waiting on many.

    /**
     * Waits until at least one of several queues, connections, events, children of this process and others is ready: Python's
     * {@code multiprocessing.connection.wait}. {@link Waitable} says what that means for each kind. Nothing is taken: what was ready may
     * have been taken by somebody else when this process comes to take it, so it is taken with a time-out of zero where others take too.
     *
     * <pre>{@code
     * while (!open.isEmpty()) {
     *     for (var ready : Procession.waitAny(open)) {
     *         try {
     *             System.out.println(ready.receive());
     *         } catch (EndOfStreamException end) {
     *             open.remove(ready);
     *         }
     *     }
     * }
     * }</pre>
     *
     * <p>Each is looked at at least once, and all that are found ready are returned. Should the keeper not answer for some of them within
     * a second when others are known to be ready, those are returned.
     *
     * @param <W> their type; {@link Waitable} for a mixture
     * @param of what to wait for
     * @return all that are ready, in the order given; at least one
     * @throws IllegalArgumentException if there is nothing to wait for, the same thing twice, or something of another run
     * @throws IllegalStateException if a connection is closed in this process, or is while this waits, or only sends; if a process is not a
     *     child of this one or was not started; or on a thread of an actor's dispatcher. Nothing is asked then
     * @throws InterruptedException if interrupted while waiting and nothing is ready
     */
    static <W extends Waitable> List<W> waitAny(Collection<? extends W> of) throws InterruptedException {
        return Provider.get().waitAny(Optional.empty(), List.copyOf(of));
    }

    /**
     * The same, for a limited time.
     *
     * @param <W> their type; {@link Waitable} for a mixture
     * @param timeout how long; zero or negative to look once
     * @param of what to wait for; if there is nothing, the time passes
     * @return all that are ready, in the order given; empty if none was in time
     * @throws IllegalArgumentException if there is the same thing twice, or something of another run
     * @throws IllegalStateException as for {@link #waitAny(Collection)}
     * @throws InterruptedException if interrupted while waiting and nothing is ready
     */
    static <W extends Waitable> List<W> waitAny(Duration timeout, Collection<? extends W> of) throws InterruptedException {
        return Provider.get().waitAny(Optional.of(timeout), List.copyOf(of));
    }

    /**
     * Waits until at least one of these is ready: see {@link #waitAny(Collection)}.
     *
     * @param <W> their type; {@link Waitable} for a mixture
     * @param of what to wait for
     * @return all that are ready, in the order given; at least one
     * @throws IllegalArgumentException as for {@link #waitAny(Collection)}
     * @throws IllegalStateException as for {@link #waitAny(Collection)}
     * @throws InterruptedException if interrupted while waiting and nothing is ready
     */
    @SafeVarargs
    static <W extends Waitable> List<W> waitAny(W... of) throws InterruptedException {
        return waitAny(List.of(of));
    }

    /**
     * The same, for a limited time: see {@link #waitAny(Duration, Collection)}.
     *
     * @param <W> their type; {@link Waitable} for a mixture
     * @param timeout how long; zero or negative to look once
     * @param of what to wait for; if there is nothing, the time passes
     * @return all that are ready, in the order given; empty if none was in time
     * @throws IllegalArgumentException as for {@link #waitAny(Duration, Collection)}
     * @throws IllegalStateException as for {@link #waitAny(Collection)}
     * @throws InterruptedException if interrupted while waiting and nothing is ready
     */
    @SafeVarargs
    static <W extends Waitable> List<W> waitAny(Duration timeout, W... of) throws InterruptedException {
        return waitAny(timeout, List.of(of));
    }

    /**
     * Waits for at least one of these without blocking: see {@link #waitAny(Collection)}. Misuse is refused at once.
     *
     * @param <W> their type; {@link Waitable} for a mixture
     * @param of what to wait for
     * @return completes with all that are ready, in the order given; cancelling it withdraws
     * @throws IllegalArgumentException as for {@link #waitAny(Collection)}
     * @throws IllegalStateException as for {@link #waitAny(Collection)}
     */
    static <W extends Waitable> CompletableFuture<List<W>> waitAnyAsync(Collection<? extends W> of) {
        return Provider.get().waitAnyAsync(Optional.empty(), List.copyOf(of));
    }

    /**
     * The same, for a limited time: see {@link #waitAny(Duration, Collection)}.
     *
     * @param <W> their type; {@link Waitable} for a mixture
     * @param timeout how long; zero or negative to look once
     * @param of what to wait for; if there is nothing, the time passes
     * @return completes with all that are ready, in the order given; with an empty list if none was in time; cancelling it withdraws
     * @throws IllegalArgumentException as for {@link #waitAny(Duration, Collection)}
     * @throws IllegalStateException as for {@link #waitAny(Collection)}
     */
    static <W extends Waitable> CompletableFuture<List<W>> waitAnyAsync(Duration timeout, Collection<? extends W> of) {
        return Provider.get().waitAnyAsync(Optional.of(timeout), List.copyOf(of));
    }

    /**
     * The run's name, from {@code procession.name}.
     *
     * @return the name
     */
    String name();

    /**
     * A process whose body is a static method without parameters.
     *
     * @param body a reference to a static method; it must not be a lambda
     * @return the process, not yet started
     * @throws IllegalArgumentException if {@code body} is no reference to a static method; the message names file and line
     */
    default Process process(Body0 body) {
        return newProcess(body, new Object[] {});
    }

    /**
     * A process whose body is a static method with one parameter. The arguments are encoded when it
     * starts; the child gets its own copies.
     *
     * @param <A> type of argument 1
     * @param body a reference to a static method; it must not be a lambda
     * @param a argument 1
     * @return the process, not yet started
     * @throws IllegalArgumentException if {@code body} is no reference to a static method; the message names file and line
     */
    default <A> Process process(Body1<A> body, A a) {
        return newProcess(body, new Object[] {a});
    }

    /**
     * A process whose body is a static method with two parameters. The arguments are encoded when it
     * starts; the child gets its own copies.
     *
     * @param <A> type of argument 1
     * @param <B> type of argument 2
     * @param body a reference to a static method; it must not be a lambda
     * @param a argument 1
     * @param b argument 2
     * @return the process, not yet started
     * @throws IllegalArgumentException if {@code body} is no reference to a static method; the message names file and line
     */
    default <A, B> Process process(Body2<A, B> body, A a, B b) {
        return newProcess(body, new Object[] {a, b});
    }

    /**
     * A process whose body is a static method with three parameters. The arguments are encoded when it
     * starts; the child gets its own copies.
     *
     * @param <A> type of argument 1
     * @param <B> type of argument 2
     * @param <C> type of argument 3
     * @param body a reference to a static method; it must not be a lambda
     * @param a argument 1
     * @param b argument 2
     * @param c argument 3
     * @return the process, not yet started
     * @throws IllegalArgumentException if {@code body} is no reference to a static method; the message names file and line
     */
    default <A, B, C> Process process(Body3<A, B, C> body, A a, B b, C c) {
        return newProcess(body, new Object[] {a, b, c});
    }

    /**
     * A process whose body is a static method with four parameters. The arguments are encoded when it
     * starts; the child gets its own copies.
     *
     * @param <A> type of argument 1
     * @param <B> type of argument 2
     * @param <C> type of argument 3
     * @param <D> type of argument 4
     * @param body a reference to a static method; it must not be a lambda
     * @param a argument 1
     * @param b argument 2
     * @param c argument 3
     * @param d argument 4
     * @return the process, not yet started
     * @throws IllegalArgumentException if {@code body} is no reference to a static method; the message names file and line
     */
    default <A, B, C, D> Process process(Body4<A, B, C, D> body, A a, B b, C c, D d) {
        return newProcess(body, new Object[] {a, b, c, d});
    }

    /**
     * A process whose body is a static method with five parameters. The arguments are encoded when it
     * starts; the child gets its own copies.
     *
     * @param <A> type of argument 1
     * @param <B> type of argument 2
     * @param <C> type of argument 3
     * @param <D> type of argument 4
     * @param <E> type of argument 5
     * @param body a reference to a static method; it must not be a lambda
     * @param a argument 1
     * @param b argument 2
     * @param c argument 3
     * @param d argument 4
     * @param e argument 5
     * @return the process, not yet started
     * @throws IllegalArgumentException if {@code body} is no reference to a static method; the message names file and line
     */
    default <A, B, C, D, E> Process process(Body5<A, B, C, D, E> body, A a, B b, C c, D d, E e) {
        return newProcess(body, new Object[] {a, b, c, d, e});
    }

    /**
     * A process whose body is a static method with six parameters. The arguments are encoded when it
     * starts; the child gets its own copies.
     *
     * @param <A> type of argument 1
     * @param <B> type of argument 2
     * @param <C> type of argument 3
     * @param <D> type of argument 4
     * @param <E> type of argument 5
     * @param <F> type of argument 6
     * @param body a reference to a static method; it must not be a lambda
     * @param a argument 1
     * @param b argument 2
     * @param c argument 3
     * @param d argument 4
     * @param e argument 5
     * @param f argument 6
     * @return the process, not yet started
     * @throws IllegalArgumentException if {@code body} is no reference to a static method; the message names file and line
     */
    default <A, B, C, D, E, F> Process process(Body6<A, B, C, D, E, F> body, A a, B b, C c, D d, E e, F f) {
        return newProcess(body, new Object[] {a, b, c, d, e, f});
    }

    /**
     * A process whose body is an object with a {@code run()}: a record, or a class with fields. It is encoded when the process starts.
     *
     * @param body the object
     * @return the process, not yet started
     */
    default Process process(Body body) {
        return newProcess(body, new Object[0]);
    }

    /**
     * A process without a body: it starts, does nothing and ends with exit code 0, as in Python.
     *
     * @return the process, not yet started
     */
    default Process process() {
        return newProcess(null, new Object[0]);
    }

    /**
     * What the {@code process} methods come to.
     *
     * @param body the body, or null for none
     * @param arguments its arguments
     * @return the process, not yet started
     */
    Process newProcess(Object body, Object[] arguments);

    /**
     * The children of this process that run: Python's {@code active_children()}.
     *
     * @return the running children, in the order of their starts
     */
    List<Process> activeChildren();

    /**
     * A new lock.
     *
     * @return the lock, free
     */
    Lock lock();

    /**
     * The lock of that name, made if there is none.
     *
     * @param name its name within the run
     * @return the lock
     * @throws IllegalArgumentException if the name belongs to something else; the message says to what
     */
    Lock lock(String name);

    /**
     * A new re-entrant lock, without a name.
     *
     * @return the lock
     */
    RLock rlock();

    /**
     * The re-entrant lock of a name, made if there is none.
     *
     * @param name the name
     * @return the lock
     * @throws IllegalArgumentException if the name belongs to something else
     */
    RLock rlock(String name);

    /**
     * A new semaphore.
     *
     * @param permits how many permits it starts with, 0 or more
     * @return the semaphore
     * @throws IllegalArgumentException if {@code permits} is negative
     */
    Semaphore semaphore(int permits);

    /**
     * The semaphore of that name, made if there is none.
     *
     * @param name its name within the run
     * @param permits how many permits it starts with, 0 or more
     * @return the semaphore
     * @throws IllegalArgumentException if {@code permits} is negative, or the name belongs to something else or was made with
     *     another number
     */
    Semaphore semaphore(String name, int permits);

    /**
     * The semaphore of that name. It is not made.
     *
     * @param name its name within the run
     * @return the semaphore
     * @throws IllegalArgumentException if there is none of that name
     */
    Semaphore semaphore(String name);

    /**
     * A new semaphore that never has more permits than it starts with.
     *
     * @param permits how many permits it starts with, 0 or more
     * @return the semaphore
     * @throws IllegalArgumentException if {@code permits} is negative
     */
    BoundedSemaphore boundedSemaphore(int permits);

    /**
     * The bounded semaphore of that name, made if there is none.
     *
     * @param name its name within the run
     * @param permits how many permits it starts with, 0 or more
     * @return the semaphore
     * @throws IllegalArgumentException if {@code permits} is negative, or the name belongs to something else or was made with
     *     another number
     */
    BoundedSemaphore boundedSemaphore(String name, int permits);

    /**
     * The bounded semaphore of that name. It is not made.
     *
     * @param name its name within the run
     * @return the semaphore
     * @throws IllegalArgumentException if there is none of that name
     */
    BoundedSemaphore boundedSemaphore(String name);

    /**
     * A new event.
     *
     * @return the event, not set
     */
    Event event();

    /**
     * The event of that name, made if there is none.
     *
     * @param name its name within the run
     * @return the event
     * @throws IllegalArgumentException if the name belongs to something else
     */
    Event event(String name);

    /**
     * A new barrier.
     *
     * @param parties how many wait for each other, 1 or more
     * @return the barrier
     * @throws IllegalArgumentException if {@code parties} is less than 1
     */
    Barrier barrier(int parties);

    /**
     * A new barrier with a time-out.
     *
     * @param parties how many wait for each other, 1 or more
     * @param timeout how long a wait lasts that names no time itself, more than zero
     * @return the barrier
     * @throws IllegalArgumentException if {@code parties} is less than 1, or the time-out is not positive
     */
    Barrier barrier(int parties, Duration timeout);

    /**
     * The barrier of that name, made if there is none.
     *
     * @param name its name within the run
     * @param parties how many wait for each other, 1 or more
     * @return the barrier
     * @throws IllegalArgumentException if {@code parties} is less than 1, or the name belongs to something else or was made with another
     *     number or a time-out
     */
    Barrier barrier(String name, int parties);

    /**
     * The barrier of that name with a time-out, made if there is none.
     *
     * @param name its name within the run
     * @param parties how many wait for each other, 1 or more
     * @param timeout how long a wait lasts that names no time itself, more than zero
     * @return the barrier
     * @throws IllegalArgumentException if {@code parties} is less than 1, or the time-out is not positive, or the name belongs to something
     *     else or was made with others
     */
    Barrier barrier(String name, int parties, Duration timeout);

    /**
     * The barrier of that name. It is not made.
     *
     * @param name its name within the run
     * @return the barrier
     * @throws IllegalArgumentException if there is none of that name
     */
    Barrier barrier(String name);

    /**
     * A new latch.
     *
     * @param count how many are to be counted down, 0 or more
     * @return the latch
     * @throws IllegalArgumentException if {@code count} is negative
     */
    CountDownLatch countDownLatch(int count);

    /**
     * The latch of that name, made if there is none.
     *
     * @param name its name within the run
     * @param count how many are to be counted down, 0 or more
     * @return the latch
     * @throws IllegalArgumentException if {@code count} is negative, or the name belongs to something else or was made with another
     *     number
     */
    CountDownLatch countDownLatch(String name, int count);

    /**
     * The latch of that name. It is not made.
     *
     * @param name its name within the run
     * @return the latch
     * @throws IllegalArgumentException if there is none of that name
     */
    CountDownLatch countDownLatch(String name);

    /**
     * A new read-write lock.
     *
     * @return the lock, free
     */
    ReadWriteLock readWriteLock();

    /**
     * The read-write lock of that name, made if there is none.
     *
     * @param name its name within the run
     * @return the lock
     * @throws IllegalArgumentException if the name belongs to something else
     */
    ReadWriteLock readWriteLock(String name);

    /**
     * A new simple queue.
     *
     * @param <T> type of the items
     * @return the queue, empty
     */
    <T> SimpleQueue<T> simpleQueue();

    /**
     * The simple queue of that name, made if there is none.
     *
     * @param <T> type of the items
     * @param name its name within the run
     * @return the queue
     * @throws IllegalArgumentException if the name belongs to something else
     */
    <T> SimpleQueue<T> simpleQueue(String name);

    /**
     * A new queue without a bound on its number of items.
     *
     * @param <T> type of the items
     * @return the queue, empty
     */
    default <T> Queue<T> queue() {
        return queue(0);
    }

    /**
     * A new queue.
     *
     * @param <T> type of the items
     * @param maxSize how many items it takes; 0 for no bound
     * @return the queue, empty
     * @throws IllegalArgumentException if {@code maxSize} is negative
     */
    <T> Queue<T> queue(int maxSize);

    /**
     * The unbounded queue of that name, made if there is none.
     *
     * @param <T> type of the items
     * @param name its name within the run
     * @return the queue
     * @throws IllegalArgumentException if the name belongs to something else or was made with a bound
     */
    default <T> Queue<T> queue(String name) {
        return queue(name, 0);
    }

    /**
     * The queue of that name, made if there is none.
     *
     * @param <T> type of the items
     * @param name its name within the run
     * @param maxSize how many items it takes; 0 for no bound
     * @return the queue
     * @throws IllegalArgumentException if {@code maxSize} is negative, or the name belongs to something else or was made with
     *     another bound
     */
    <T> Queue<T> queue(String name, int maxSize);

    /**
     * A new queue, without a bound, whose items are counted until they are done.
     *
     * @param <T> type of the items
     * @return the queue, empty
     */
    default <T> JoinableQueue<T> joinableQueue() {
        return joinableQueue(0);
    }

    /**
     * A new queue whose items are counted until they are done.
     *
     * @param <T> type of the items
     * @param maxSize how many items it takes; 0 for no bound
     * @return the queue, empty
     * @throws IllegalArgumentException if {@code maxSize} is negative
     */
    <T> JoinableQueue<T> joinableQueue(int maxSize);

    /**
     * The unbounded joinable queue of that name, made if there is none.
     *
     * @param <T> type of the items
     * @param name its name within the run
     * @return the queue
     * @throws IllegalArgumentException if the name belongs to something else or was made with a bound
     */
    default <T> JoinableQueue<T> joinableQueue(String name) {
        return joinableQueue(name, 0);
    }

    /**
     * The joinable queue of that name, made if there is none.
     *
     * @param <T> type of the items
     * @param name its name within the run
     * @param maxSize how many items it takes; 0 for no bound
     * @return the queue
     * @throws IllegalArgumentException if {@code maxSize} is negative, or the name belongs to something else or was made with
     *     another bound
     */
    <T> JoinableQueue<T> joinableQueue(String name, int maxSize);

    /**
     * A new pipe on which both ends send and receive: Python's {@code Pipe()}.
     *
     * @return its two ends, both held by this process
     */
    Pipe pipe();

    /**
     * A new pipe on which the first end receives and the second sends: Python's {@code Pipe(duplex=False)}.
     *
     * @return its two ends, both held by this process
     */
    Pipe oneWayPipe();

    /**
     * A new counter that begins with zero.
     *
     * @return the counter
     */
    Counter counter();

    /**
     * A new counter.
     *
     * @param initial what it begins with
     * @return the counter
     */
    Counter counter(long initial);

    /**
     * The counter of that name, made if there is none.
     *
     * @param name its name within the run
     * @param initial what it begins with
     * @return the counter, as it is now
     * @throws IllegalArgumentException if the name belongs to something else, or was made with another beginning
     */
    Counter counter(String name, long initial);

    /**
     * The counter of that name. It is not made.
     *
     * @param name its name within the run
     * @return the counter
     * @throws IllegalArgumentException if there is none of that name
     */
    Counter counter(String name);

    /**
     * A new cell, without a name. It is not called {@code cell}, as a text that was meant as the first value would be taken for a name.
     *
     * @param <T> type of its value
     * @param initial its first value, or null
     * @return the cell
     * @throws EncodingException if the value cannot travel
     * @throws FullException if there is no room for it
     */
    <T> Cell<T> cellOf(T initial);

    /**
     * The cell of that name, made if there is none.
     *
     * @param <T> type of its value
     * @param name its name within the run
     * @param initial its first value, or null; it is ignored if the cell is there already
     * @return the cell, as it is now
     * @throws IllegalArgumentException if the name belongs to something else
     * @throws EncodingException if the value cannot travel
     * @throws FullException if there is no room for it
     */
    <T> Cell<T> cell(String name, T initial);

    /**
     * The cell of that name. It is not made.
     *
     * @param <T> type of its value
     * @param name its name within the run
     * @return the cell
     * @throws IllegalArgumentException if there is none of that name
     */
    <T> Cell<T> cell(String name);

    /**
     * A new map, empty.
     *
     * @param <K> type of its keys; {@link SharedMap} says which are possible
     * @param <V> type of its values
     * @return the map
     */
    <K, V> SharedMap<K, V> map();

    /**
     * The map of that name, made if there is none.
     *
     * @param <K> type of its keys
     * @param <V> type of its values
     * @param name its name within the run
     * @return the map, as it is now
     * @throws IllegalArgumentException if the name belongs to something else
     */
    <K, V> SharedMap<K, V> map(String name);

    /**
     * A pool of as many workers as there are processors available: Python's {@code Pool()}.
     *
     * @return the pool; its workers are being started
     * @throws IllegalStateException if this process is a daemon, and so has no children
     */
    default Pool pool() {
        return pool(PoolOptions.standard());
    }

    /**
     * A pool of workers.
     *
     * @param workers how many, 1 or more
     * @return the pool; its workers are being started
     * @throws IllegalArgumentException if {@code workers} is less than 1
     * @throws IllegalStateException if this process is a daemon, and so has no children
     */
    default Pool pool(int workers) {
        return pool(PoolOptions.of(workers));
    }

    /**
     * A pool of workers.
     *
     * @param options how it shall be
     * @return the pool; its workers are being started
     * @throws IllegalArgumentException if the initializer is no reference to a static method; the message names file and line
     * @throws EncodingException if an argument of the initializer cannot travel
     * @throws IllegalStateException if this process is a daemon, and so has no children
     */
    Pool pool(PoolOptions options);

    /**
     * The cycles of waits for locks that stand in the run, found when they closed. They are logged, too.
     *
     * @return the deadlocks, those found first before the others; empty if there are none
     */
    List<Deadlock> deadlocks();

    /**
     * Starts a typed actor of the user's in this process, on Akka's default dispatcher. It ends with the process.
     *
     * @param <M> type of its messages
     * @param behavior what it does
     * @param name its name within this process
     * @return a reference to it, valid on every node
     */
    <M> ActorRef<M> spawn(Behavior<M> behavior, String name);

    /**
     * Ends this process's part in the run. In the main process: waits for the children that are no daemons (after 10 s it says on
     * stderr for whom), terminates the daemons, and ends the run. In a process that has joined: the same with its own children, but
     * then it leaves the run, which goes on. In a child it does nothing: a child ends with its body. Closing again is harmless.
     * Interrupted while it waits, it terminates all children and keeps the interrupt.
     */
    @Override
    void close();
}
