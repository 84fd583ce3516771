package procession.node;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import procession.Barrier;
import procession.BoundedSemaphore;
import procession.CountDownLatch;
import procession.Cell;
import procession.Counter;
import procession.Deadlock;
import procession.Event;
import procession.JoinableQueue;
import procession.Lock;
import procession.Pipe;
import procession.Pool;
import procession.PoolOptions;
import procession.Process;
import procession.Procession;
import procession.Queue;
import procession.RLock;
import procession.ReadWriteLock;
import procession.RunEndedException;
import procession.Semaphore;
import procession.SharedMap;
import procession.SimpleQueue;
import procession.session.Handles;
import procession.session.WaitAny;
import procession.wire.AllowedTypes;

/** The run, from one of its processes. */
class Run implements Procession {

    private final String name;
    private final Node node;
    private final Family family;
    private final WaitAny waiting;

    Run(String name, Node node, Family family) {
        this.name = name;
        this.node = node;
        this.family = family;
        node.handles().use(family::numberOf);
        waiting = new WaitAny(node.handles(), family::endOf);
    }

    Node node() {
        return node;
    }

    Family family() {
        return family;
    }

    WaitAny waiting() {
        return waiting;
    }

    private Handles handles() {
        if (node.session().isEnded()) {
            throw new RunEndedException(node.session().hasLeft() ? "This process has left the run '" + name + "'."
                    : "The run '" + name + "' has ended.");
        }
        return node.handles();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Process newProcess(Object body, Object[] arguments) {
        handles();
        return family.child(body, arguments);
    }

    @Override
    public List<Process> activeChildren() {
        return family.active();
    }

    @Override
    public Lock lock() {
        return handles().lock();
    }

    @Override
    public Lock lock(String named) {
        return handles().lock(named);
    }

    @Override
    public RLock rlock() {
        return handles().rlock();
    }

    @Override
    public RLock rlock(String named) {
        return handles().rlock(named);
    }

    @Override
    public Semaphore semaphore(int permits) {
        return handles().semaphore(permits, false);
    }

    @Override
    public Semaphore semaphore(String named, int permits) {
        return handles().semaphore(named, permits, false);
    }

    @Override
    public Semaphore semaphore(String named) {
        return handles().semaphore(named, false);
    }

    @Override
    public BoundedSemaphore boundedSemaphore(int permits) {
        return (BoundedSemaphore) handles().semaphore(permits, true);
    }

    @Override
    public BoundedSemaphore boundedSemaphore(String named, int permits) {
        return (BoundedSemaphore) handles().semaphore(named, permits, true);
    }

    @Override
    public BoundedSemaphore boundedSemaphore(String named) {
        return (BoundedSemaphore) handles().semaphore(named, true);
    }

    @Override
    public Event event() {
        return handles().event();
    }

    @Override
    public Event event(String named) {
        return handles().event(named);
    }

    @Override
    public Barrier barrier(int parties) {
        return handles().barrier(parties, Optional.empty());
    }

    @Override
    public Barrier barrier(int parties, Duration timeout) {
        return handles().barrier(parties, Optional.of(timeout));
    }

    @Override
    public Barrier barrier(String named, int parties) {
        return handles().barrier(named, parties, Optional.empty());
    }

    @Override
    public Barrier barrier(String named, int parties, Duration timeout) {
        return handles().barrier(named, parties, Optional.of(timeout));
    }

    @Override
    public Barrier barrier(String named) {
        return handles().barrier(named);
    }

    @Override
    public CountDownLatch countDownLatch(int count) {
        return handles().countDownLatch(count);
    }

    @Override
    public CountDownLatch countDownLatch(String named, int count) {
        return handles().countDownLatch(named, count);
    }

    @Override
    public CountDownLatch countDownLatch(String named) {
        return handles().countDownLatch(named);
    }

    @Override
    public ReadWriteLock readWriteLock() {
        return handles().readWriteLock();
    }

    @Override
    public ReadWriteLock readWriteLock(String named) {
        return handles().readWriteLock(named);
    }

    @Override
    public <T> SimpleQueue<T> simpleQueue() {
        return handles().simpleQueue();
    }

    @Override
    public <T> SimpleQueue<T> simpleQueue(String named) {
        return handles().simpleQueue(named);
    }

    @Override
    public <T> Queue<T> queue(int maxSize) {
        return handles().queue(maxSize);
    }

    @Override
    public <T> Queue<T> queue(String named, int maxSize) {
        return handles().queue(named, maxSize);
    }

    @Override
    public <T> JoinableQueue<T> joinableQueue(int maxSize) {
        return handles().joinableQueue(maxSize);
    }

    @Override
    public <T> JoinableQueue<T> joinableQueue(String named, int maxSize) {
        return handles().joinableQueue(named, maxSize);
    }

    @Override
    public Pipe pipe() {
        return handles().pipe(true);
    }

    @Override
    public Pipe oneWayPipe() {
        return handles().pipe(false);
    }

    @Override
    public Counter counter() {
        return handles().counter(0);
    }

    @Override
    public Counter counter(long initial) {
        return handles().counter(initial);
    }

    @Override
    public Counter counter(String named, long initial) {
        return handles().counter(named, initial);
    }

    @Override
    public Counter counter(String named) {
        return handles().counter(named);
    }

    @Override
    public <T> Cell<T> cellOf(T initial) {
        return handles().cellOf(initial);
    }

    @Override
    public <T> Cell<T> cell(String named, T initial) {
        return handles().cell(named, initial);
    }

    @Override
    public <T> Cell<T> cell(String named) {
        return handles().cell(named);
    }

    @Override
    public <K, V> SharedMap<K, V> map() {
        return handles().map();
    }

    @Override
    public <K, V> SharedMap<K, V> map(String named) {
        return handles().map(named);
    }

    @Override
    public Pool pool(PoolOptions options) {
        handles();
        if (family.self().isDaemon()) {
            throw new IllegalStateException("This process is a daemon, and daemons have no children: it cannot have a pool.");
        }
        family.refuseIfEnding("of a pool");
        return family.pool(options);
    }

    @Override
    public List<Deadlock> deadlocks() {
        return handles().deadlocks();
    }

    @Override
    public <M> ActorRef<M> spawn(Behavior<M> behavior, String named) {
        handles();
        return node.spawn(behavior, named);
    }

    /** A child ends with its body, not before. */
    @Override
    public void close() {}

    /** Where the classes of the program come from. */
    static ClassLoader loader() {
        var context = Thread.currentThread().getContextClassLoader();
        return context != null ? context : Run.class.getClassLoader();
    }

    /** What may travel: what the settings and the command line say, and the package of whoever starts the run. */
    static Set<String> allowed(Settings settings, Class<?> starter) {
        var allowed = new TreeSet<>(settings.allow());
        allowed.addAll(Launch.allowed());
        if (starter.getClassLoader() != null && Launch.allowed().isEmpty()) {
            allowed.add(Family.typesOf(starter.getName()));
        }
        return checked(allowed);
    }

    private static Set<String> checked(Set<String> allowed) {
        try {
            AllowedTypes.of(allowed);
            return allowed;
        } catch (IllegalArgumentException bad) {
            throw new procession.SettingsException("procession.allow: " + bad.getMessage());
        }
    }

    @Override
    public String toString() {
        return "Procession[" + name + "]";
    }
}
