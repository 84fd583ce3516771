package procession.session;

import java.lang.ref.Cleaner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToLongFunction;
import procession.Barrier;
import procession.Cell;
import procession.Connection;
import procession.CountDownLatch;
import procession.Counter;
import procession.Deadlock;
import procession.DecodingException;
import procession.Event;
import procession.JoinableQueue;
import procession.Lock;
import procession.Pipe;
import procession.Primitive;
import procession.Process;
import procession.Queue;
import procession.RLock;
import procession.ReadWriteLock;
import procession.Semaphore;
import procession.SharedMap;
import procession.SimpleQueue;
import procession.core.Carried;
import procession.core.Payload;
import procession.core.PrimitiveId;
import procession.core.Reply;
import procession.core.Request;
import procession.core.Resource;
import procession.core.Sent;
import procession.core.Spec;
import procession.wire.Items;
import procession.wire.Keys;
import procession.wire.PayloadCodec;

/**
 * Makes this process's handles: for new primitives, for named ones, and for those that arrive in payloads. A handle on something without
 * a name is a copy that the keeper counts; it is let go of when it is closed or no longer reachable.
 *
 * <p>Thread-safe.
 */
public final class Handles implements PayloadCodec.HandlePort, Items.Port {

    /** Binds a copy that the keeper counts to the handle that stands for it. */
    @FunctionalInterface
    interface Registration {
        Cleaner.Cleanable of(Handle handle);
    }

    private static final Cleaner CLEANER = Cleaner.create();

    /** Names are not cut into pieces, and a message that is too big for a frame would stop the link. */
    private static final int LONGEST_NAME = 256;

    /** Keys are not cut into pieces either. */
    private static final int LONGEST_KEY = 16 * 1024;

    private final Session session;
    private final long pipeBuffer;
    private final Grants grants = new Grants();
    private final ThreadLocal<List<Made>> beingDecoded = new ThreadLocal<>();
    private final ThreadLocal<Boolean> borrowing = new ThreadLocal<>();
    private volatile PayloadCodec codec;
    private volatile PayloadCodec keys;
    private volatile Agents agents;
    private volatile ToLongFunction<Process> children;

    private record Made(Resource resource, Cleaner.Cleanable copy) {}

    /**
     * The handles of a process.
     *
     * @param session its session
     * @param pipeBuffer how many bytes each direction of a new pipe takes
     */
    public Handles(Session session, long pipeBuffer) {
        this.session = session;
        this.pipeBuffer = pipeBuffer;
    }

    /**
     * Says how processes are numbered.
     *
     * @param numbers the number of a process among the children of this one, 0 for this one itself; refuses others
     */
    public void use(ToLongFunction<Process> numbers) {
        children = numbers;
    }

    /**
     * Completes the handles with what needs them in turn.
     *
     * @param payloads how payloads are encoded
     */
    public void use(PayloadCodec payloads) {
        codec = payloads;
        keys = payloads.forKeys(LONGEST_KEY);
    }

    void use(Agents actors) {
        agents = actors;
    }

    Session session() {
        return session;
    }

    Grants grants() {
        return grants;
    }

    Agents agents() {
        return agents;
    }

    // What travels.

    @Override
    public Payload encode(Object value) {
        return codec.encode(value);
    }

    /**
     * Decodes a payload that this process has received; if that fails, lets go of the handles in it.
     *
     * @param payload the payload
     * @return the value
     */
    public Object decode(Payload payload) {
        if (payload.carried().isEmpty()) {
            return codec.decode(payload);
        }
        var made = new ArrayList<Made>();
        beingDecoded.set(made);
        try {
            return codec.decode(payload);
        } catch (DecodingException failed) {
            letGo(payload, made);
            throw failed;
        } finally {
            beingDecoded.remove();
        }
    }

    /** Lets go of the handles in a payload that is not to be decoded. */
    void letGo(Payload payload) {
        letGo(payload, List.of());
    }

    @Override
    public Payload encodeKey(Object key) {
        return key instanceof Payload payload ? payload : keys.encode(Keys.canonical(key));
    }

    Object decodeKey(Payload key) {
        return keys.decode(key);
    }

    /**
     * Sends a message that was encoded before, so that the same bytes can be sent again. Handles in it must stay reachable meanwhile. That
     * the other end is gone, or the run, is seen by other means.
     *
     * @param end a sending end of a pipe
     * @param payload the message
     * @return completes when the pipe has it
     */
    public CompletableFuture<Void> send(Connection end, Payload payload) {
        return ((ConnectionHandle) end).sendEncoded(payload);
    }

    /**
     * Sends a message that was encoded before, without hearing whether that succeeds. It goes out with whatever this process asks next.
     *
     * @param end a sending end of a pipe
     * @param payload the message
     */
    public void sendBehind(Connection end, Payload payload) {
        ((ConnectionHandle) end).sendBehind(payload);
    }

    /**
     * Takes the next message out of a pipe, if there is one; what it carries is let go of.
     *
     * @param end a receiving end of a pipe
     * @return completes with the message, not decoded
     */
    public CompletableFuture<Optional<Payload>> takeBack(Connection end) {
        return ((ConnectionHandle) end).receiveEncoded().thenApply(taken -> {
            taken.ifPresent(this::letGo);
            return taken;
        });
    }

    private void letGo(Payload payload, List<Made> made) {
        var rest = new ArrayList<>(payload.carried().stream().map(Carried::resource).toList());
        for (var one : made) {
            rest.remove(one.resource());
            one.copy().clean();
        }
        rest.forEach(session::drop);
    }

    @Override
    public Optional<Carried> carried(Object value) {
        if (!(value instanceof Handle handle)) {
            return Optional.empty();
        }
        if (handle.home != this) {
            throw new IllegalArgumentException(handle + " belongs to another run; it means nothing in this one.");
        }
        if (handle instanceof ConnectionHandle connection) {
            connection.refuseIfClosed();
        }
        return Optional.of(handle.carried);
    }

    @Override
    public Object handle(Carried carried) {
        return borrowing.get() == null ? make(carried) : uncounted(carried);
    }

    @Override
    public Object borrow(Payload payload) {
        borrowing.set(true);
        try {
            return codec.decode(payload);
        } finally {
            borrowing.remove();
        }
    }

    // What is made.

    private Handle make(Carried carried) {
        if (isCondition(carried)) {
            return condition((LockHandle) make(carried.whole()), carried.aspect().get());
        }
        if (carried.spec() instanceof Spec.Pipe) {
            return new ConnectionHandle(this, carried, this::register);
        }
        var handle = uncounted(carried);
        if (carried.name().isEmpty()) {
            register(handle);
        }
        return handle;
    }

    private static boolean isCondition(Carried carried) {
        return carried.spec() instanceof Spec.Lock && carried.aspect().isPresent();
    }

    /** A handle that the keeper does not know of: what it stands for is there as long as somebody else holds it. */
    Handle uncounted(Carried carried) {
        if (isCondition(carried)) {
            return condition((LockHandle) uncounted(carried.whole()), carried.aspect().get());
        }
        return switch (carried.spec()) {
            case Spec.Lock lock when lock.reentrant() -> new RLockHandle(this, carried);
            case Spec.Lock lock -> new LockHandle(this, carried);
            case Spec.Semaphore semaphore when semaphore.bounded() && carried.aspect().isEmpty() ->
                    new BoundedSemaphoreHandle(this, carried);
            case Spec.Semaphore semaphore -> new SemaphoreHandle(this, carried);
            case Spec.Event event -> new EventHandle(this, carried);
            case Spec.Queue queue -> switch (queue.ability()) {
                case SIMPLE -> new SimpleQueueHandle<>(this, carried);
                case PLAIN -> new QueueHandle<>(this, carried);
                case JOINABLE -> new JoinableQueueHandle<>(this, carried);
            };
            case Spec.Barrier barrier -> new BarrierHandle(this, carried);
            case Spec.Counter counter -> new CounterHandle(this, carried);
            case Spec.Cell cell -> new CellHandle<>(this, carried);
            case Spec.SharedMap map -> new SharedMapHandle<>(this, carried);
            case Spec.Pipe pipe -> new ConnectionHandle(this, carried, handle -> () -> { });
            case Spec.Latch latch -> new CountDownLatchHandle(this, carried);
            case Spec.ReadWriteLock lock -> new ReadWriteLockHandle(this, carried);
        };
    }

    /** The lock's own copy stands for it. */
    ConditionHandle condition(LockHandle lock, String key) {
        return new ConditionHandle(this, lock.carried.aspect(key), lock);
    }

    SemaphoreHandle unowned(SemaphoreHandle semaphore) {
        return ((SemaphoreHandle) uncounted(semaphore.carried.aspect(Carried.UNOWNED))).of(semaphore);
    }

    private Cleaner.Cleanable register(Handle handle) {
        var copy = CLEANER.register(handle, dropping(session, handle.resource()));
        var made = beingDecoded.get();
        if (made != null) {
            made.add(new Made(handle.resource(), copy));
        }
        return copy;
    }

    /** Static, so that the action does not hold on to the handle it waits for. */
    private static Runnable dropping(Session session, Resource resource) {
        return () -> session.drop(resource);
    }

    private Handle created(Spec spec) {
        return make(new Carried(new Resource(session.create(spec), Resource.WHOLE), spec, Optional.empty()));
    }

    static String checkedName(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("A name has at least one letter; leave it out for something without a name.");
        }
        if (name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("A name has at most " + LONGEST_NAME + " characters, not " + name.length() + ".");
        }
        return name;
    }

    private Handle opened(String name, Spec spec, boolean create) {
        checkedName(name);
        var reply = session.askUninterrupted(this, new Request.Open(name, spec, create));
        return switch (reply) {
            case Reply.Opened opened -> make(new Carried(new Resource(opened.primitive(), Resource.WHOLE), opened.spec(),
                    Optional.of(name)));
            case Reply.Refused refused -> throw new IllegalArgumentException(refused.message());
            default -> throw new IllegalStateException("The keeper answered a name with " + reply + ".");
        };
    }

    /**
     * A new lock.
     *
     * @return the lock
     */
    public Lock lock() {
        return (Lock) created(new Spec.Lock(false));
    }

    /**
     * The lock of a name.
     *
     * @param name the name
     * @return the lock
     */
    public Lock lock(String name) {
        return (Lock) opened(name, new Spec.Lock(false), true);
    }

    /**
     * A new re-entrant lock.
     *
     * @return the lock
     */
    public RLock rlock() {
        return (RLock) created(new Spec.Lock(true));
    }

    /**
     * The re-entrant lock of a name.
     *
     * @param name the name
     * @return the lock
     */
    public RLock rlock(String name) {
        return (RLock) opened(name, new Spec.Lock(true), true);
    }

    /**
     * A new semaphore.
     *
     * @param permits its initial count
     * @param bounded whether it never has more
     * @return the semaphore
     */
    public Semaphore semaphore(int permits, boolean bounded) {
        return (Semaphore) created(ofSemaphore(permits, bounded));
    }

    /**
     * The semaphore of a name.
     *
     * @param name the name
     * @param permits its initial count
     * @param bounded whether it never has more
     * @return the semaphore
     */
    public Semaphore semaphore(String name, int permits, boolean bounded) {
        return (Semaphore) opened(name, ofSemaphore(permits, bounded), true);
    }

    /**
     * The semaphore of a name, if there is one.
     *
     * @param name the name
     * @param bounded whether it never has more than its initial count
     * @return the semaphore
     */
    public Semaphore semaphore(String name, boolean bounded) {
        return (Semaphore) opened(name, new Spec.Semaphore(0, bounded), false);
    }

    private static Spec ofSemaphore(int permits, boolean bounded) {
        return new Spec.Semaphore(notNegative(permits, "A semaphore starts with"), bounded);
    }

    /**
     * A new barrier.
     *
     * @param parties how many wait for each other
     * @param timeout how long a wait lasts that names no time itself; empty for ever
     * @return the barrier
     */
    public Barrier barrier(int parties, Optional<Duration> timeout) {
        return (Barrier) created(ofBarrier(parties, timeout));
    }

    /**
     * The barrier of a name.
     *
     * @param name the name
     * @param parties how many wait for each other
     * @param timeout how long a wait lasts that names no time itself; empty for ever
     * @return the barrier
     */
    public Barrier barrier(String name, int parties, Optional<Duration> timeout) {
        return (Barrier) opened(name, ofBarrier(parties, timeout), true);
    }

    /**
     * The barrier of a name, if there is one.
     *
     * @param name the name
     * @return the barrier
     */
    public Barrier barrier(String name) {
        return (Barrier) opened(name, new Spec.Barrier(1, Sent.FOR_EVER), false);
    }

    private static Spec ofBarrier(int parties, Optional<Duration> timeout) {
        if (parties < 1) {
            throw new IllegalArgumentException("A barrier has 1 or more parties, not " + parties + ".");
        }
        long nanos = timeout.map(Handle::nanos).orElse(Sent.FOR_EVER);
        if (nanos <= 0) {
            throw new IllegalArgumentException("The time-out of a barrier is more than zero, not " + timeout.orElseThrow() + ".");
        }
        return new Spec.Barrier(parties, nanos);
    }

    /**
     * A new latch.
     *
     * @param count how many are to be counted down
     * @return the latch
     */
    public CountDownLatch countDownLatch(int count) {
        return (CountDownLatch) created(ofLatch(count));
    }

    /**
     * The latch of a name.
     *
     * @param name the name
     * @param count how many are to be counted down
     * @return the latch
     */
    public CountDownLatch countDownLatch(String name, int count) {
        return (CountDownLatch) opened(name, ofLatch(count), true);
    }

    /**
     * The latch of a name, if there is one.
     *
     * @param name the name
     * @return the latch
     */
    public CountDownLatch countDownLatch(String name) {
        return (CountDownLatch) opened(name, new Spec.Latch(0), false);
    }

    private static Spec ofLatch(int count) {
        return new Spec.Latch(notNegative(count, "A latch counts down from"));
    }

    /**
     * A new read-write lock.
     *
     * @return the lock
     */
    public ReadWriteLock readWriteLock() {
        return (ReadWriteLock) created(new Spec.ReadWriteLock());
    }

    /**
     * The read-write lock of a name.
     *
     * @param name the name
     * @return the lock
     */
    public ReadWriteLock readWriteLock(String name) {
        return (ReadWriteLock) opened(name, new Spec.ReadWriteLock(), true);
    }

    /**
     * A new event.
     *
     * @return the event
     */
    public Event event() {
        return (Event) created(new Spec.Event());
    }

    /**
     * The event of a name.
     *
     * @param name the name
     * @return the event
     */
    public Event event(String name) {
        return (Event) opened(name, new Spec.Event(), true);
    }

    /**
     * A new queue.
     *
     * @param <T> type of its items
     * @return the queue
     */
    @SuppressWarnings("unchecked")
    public <T> SimpleQueue<T> simpleQueue() {
        return (SimpleQueue<T>) created(ofQueue(0, Spec.QueueKind.SIMPLE));
    }

    /**
     * The queue of a name.
     *
     * @param <T> type of its items
     * @param name the name
     * @return the queue
     */
    @SuppressWarnings("unchecked")
    public <T> SimpleQueue<T> simpleQueue(String name) {
        return (SimpleQueue<T>) opened(name, ofQueue(0, Spec.QueueKind.SIMPLE), true);
    }

    /**
     * A new queue.
     *
     * @param <T> type of its items
     * @param maxSize how many items it takes; 0 for no bound
     * @return the queue
     */
    @SuppressWarnings("unchecked")
    public <T> Queue<T> queue(int maxSize) {
        return (Queue<T>) created(ofQueue(maxSize, Spec.QueueKind.PLAIN));
    }

    /**
     * The queue of a name.
     *
     * @param <T> type of its items
     * @param name the name
     * @param maxSize how many items it takes; 0 for no bound
     * @return the queue
     */
    @SuppressWarnings("unchecked")
    public <T> Queue<T> queue(String name, int maxSize) {
        return (Queue<T>) opened(name, ofQueue(maxSize, Spec.QueueKind.PLAIN), true);
    }

    /**
     * A new joinable queue.
     *
     * @param <T> type of its items
     * @param maxSize how many items it takes; 0 for no bound
     * @return the queue
     */
    @SuppressWarnings("unchecked")
    public <T> JoinableQueue<T> joinableQueue(int maxSize) {
        return (JoinableQueue<T>) created(ofQueue(maxSize, Spec.QueueKind.JOINABLE));
    }

    /**
     * The joinable queue of a name.
     *
     * @param <T> type of its items
     * @param name the name
     * @param maxSize how many items it takes; 0 for no bound
     * @return the queue
     */
    @SuppressWarnings("unchecked")
    public <T> JoinableQueue<T> joinableQueue(String name, int maxSize) {
        return (JoinableQueue<T>) opened(name, ofQueue(maxSize, Spec.QueueKind.JOINABLE), true);
    }

    private static Spec ofQueue(int maxSize, Spec.QueueKind kind) {
        return new Spec.Queue(notNegative(maxSize, "A queue takes"), kind);
    }

    /**
     * A new pipe.
     *
     * @param duplex whether both ends send and receive
     * @return its ends
     */
    public Pipe pipe(boolean duplex) {
        var spec = new Spec.Pipe(duplex, pipeBuffer);
        var id = session.create(spec);
        return new Pipe(end(id, spec, 1), end(id, spec, 2));
    }

    private Connection end(PrimitiveId id, Spec spec, int end) {
        return (Connection) make(new Carried(new Resource(id, end), spec, Optional.empty()));
    }

    /**
     * A new counter.
     *
     * @param initial what it begins with
     * @return the counter
     */
    public Counter counter(long initial) {
        return (Counter) created(new Spec.Counter(initial));
    }

    /**
     * The counter of a name.
     *
     * @param name the name
     * @param initial what it begins with
     * @return the counter
     */
    public Counter counter(String name, long initial) {
        return (Counter) opened(name, new Spec.Counter(initial), true);
    }

    /**
     * The counter of a name, if there is one.
     *
     * @param name the name
     * @return the counter
     */
    public Counter counter(String name) {
        return (Counter) opened(name, new Spec.Counter(0), false);
    }

    /**
     * A new cell.
     *
     * @param <T> type of its value
     * @param initial its first value
     * @return the cell
     */
    @SuppressWarnings("unchecked")
    public <T> Cell<T> cellOf(T initial) {
        return begun((CellHandle<T>) created(new Spec.Cell()), initial);
    }

    /**
     * The cell of a name.
     *
     * @param <T> type of its value
     * @param name the name
     * @param initial its first value
     * @return the cell
     */
    @SuppressWarnings("unchecked")
    public <T> Cell<T> cell(String name, T initial) {
        return begun((CellHandle<T>) opened(name, new Spec.Cell(), true), initial);
    }

    private static <T> Cell<T> begun(CellHandle<T> cell, T initial) {
        cell.begin(initial);
        return cell;
    }

    /**
     * The cell of a name, if there is one.
     *
     * @param <T> type of its value
     * @param name the name
     * @return the cell
     */
    @SuppressWarnings("unchecked")
    public <T> Cell<T> cell(String name) {
        var cell = (CellHandle<T>) opened(name, new Spec.Cell(), false);
        if (!cell.hasBegun()) {
            throw new IllegalArgumentException("There is no cell named '" + name + "' yet; give its first value to make one.");
        }
        return cell;
    }

    /**
     * A new map.
     *
     * @param <K> type of its keys
     * @param <V> type of its values
     * @return the map
     */
    @SuppressWarnings("unchecked")
    public <K, V> SharedMap<K, V> map() {
        return (SharedMap<K, V>) created(new Spec.SharedMap());
    }

    /**
     * The map of a name.
     *
     * @param <K> type of its keys
     * @param <V> type of its values
     * @param name the name
     * @return the map
     */
    @SuppressWarnings("unchecked")
    public <K, V> SharedMap<K, V> map(String name) {
        return (SharedMap<K, V>) opened(name, new Spec.SharedMap(), true);
    }

    // What there is.

    /**
     * Which primitive a handle is on.
     *
     * @param handle the handle, of any run
     * @return its primitive
     * @throws IllegalArgumentException if it is no handle of a run
     */
    public static PrimitiveId idOf(Primitive handle) {
        if (handle instanceof Handle own) {
            return own.target();
        }
        throw new IllegalArgumentException(handle + " is no primitive of a run.");
    }

    /**
     * The cycles of waits that stand.
     *
     * @return the deadlocks
     */
    public List<Deadlock> deadlocks() {
        return switch (session.askUninterrupted(this, new Request.FindDeadlocks())) {
            case Reply.Deadlocks found -> Inspections.of(found.deadlocks());
            case Reply other -> throw new IllegalStateException("The keeper was asked for deadlocks, and answered with " + other + ".");
        };
    }

    /** Number of a process among the children of this one; 0 for this process itself. */
    long childNumber(Process process) {
        return children.applyAsLong(process);
    }

    private static int notNegative(int number, String what) {
        if (number < 0) {
            throw new IllegalArgumentException(what + " 0 or more, not " + number + ".");
        }
        return number;
    }
}
