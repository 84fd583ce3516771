package procession.session;

import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import procession.Connection;
import procession.DecodingException;
import procession.Event;
import procession.JoinableQueue;
import procession.Lock;
import procession.Pipe;
import procession.Queue;
import procession.RLock;
import procession.Semaphore;
import procession.core.Carried;
import procession.core.Payload;
import procession.core.PrimitiveId;
import procession.core.Reply;
import procession.core.Request;
import procession.core.Resource;
import procession.core.Spec;
import procession.wire.Items;
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

    private final Session session;
    private final long pipeBuffer;
    private final Grants grants = new Grants();
    private final ThreadLocal<List<Made>> beingDecoded = new ThreadLocal<>();
    private final ThreadLocal<Boolean> borrowing = new ThreadLocal<>();
    private volatile PayloadCodec codec;
    private volatile Agents agents;

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
     * Completes the handles with what needs them in turn.
     *
     * @param payloads how payloads are encoded
     */
    public void use(PayloadCodec payloads) {
        codec = payloads;
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
        if (carried.condition().isPresent()) {
            var whole = new Carried(carried.resource(), carried.spec(), carried.name());
            return condition((LockHandle) make(whole), carried.condition().get());
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

    /** A handle that the keeper does not know of: what it stands for is there as long as somebody else holds it. */
    Handle uncounted(Carried carried) {
        if (carried.condition().isPresent()) {
            var whole = new Carried(carried.resource(), carried.spec(), carried.name());
            return condition((LockHandle) uncounted(whole), carried.condition().get());
        }
        return switch (carried.spec()) {
            case Spec.Lock lock when lock.reentrant() -> new RLockHandle(this, carried);
            case Spec.Lock lock -> new LockHandle(this, carried);
            case Spec.Semaphore semaphore -> new SemaphoreHandle(this, carried);
            case Spec.Event event -> new EventHandle(this, carried);
            case Spec.Queue queue when queue.joinable() -> new JoinableQueueHandle<>(this, carried);
            case Spec.Queue queue -> new QueueHandle<>(this, carried);
            case Spec.Pipe pipe -> new ConnectionHandle(this, carried, handle -> () -> { });
        };
    }

    /** The lock's own copy stands for it. */
    ConditionHandle condition(LockHandle lock, String key) {
        return new ConditionHandle(this, lock.carried.condition(key), lock);
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
     * @return the semaphore
     */
    public Semaphore semaphore(int permits) {
        return (Semaphore) created(new Spec.Semaphore(notNegative(permits, "A semaphore starts with")));
    }

    /**
     * The semaphore of a name.
     *
     * @param name the name
     * @param permits its initial count
     * @return the semaphore
     */
    public Semaphore semaphore(String name, int permits) {
        return (Semaphore) opened(name, new Spec.Semaphore(notNegative(permits, "A semaphore starts with")), true);
    }

    /**
     * The semaphore of a name, if there is one.
     *
     * @param name the name
     * @return the semaphore
     */
    public Semaphore semaphore(String name) {
        return (Semaphore) opened(name, new Spec.Semaphore(0), false);
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
     * @param maxSize how many items it takes; 0 for no bound
     * @return the queue
     */
    @SuppressWarnings("unchecked")
    public <T> Queue<T> queue(int maxSize) {
        return (Queue<T>) created(new Spec.Queue(notNegative(maxSize, "A queue takes"), false));
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
        return (Queue<T>) opened(name, new Spec.Queue(notNegative(maxSize, "A queue takes"), false), true);
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
        return (JoinableQueue<T>) created(new Spec.Queue(notNegative(maxSize, "A queue takes"), true));
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
        return (JoinableQueue<T>) opened(name, new Spec.Queue(notNegative(maxSize, "A queue takes"), true), true);
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

    private static int notNegative(int number, String what) {
        if (number < 0) {
            throw new IllegalArgumentException(what + " 0 or more, not " + number + ".");
        }
        return number;
    }
}
