package procession.session;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.Behaviors;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import procession.Barrier;
import procession.Cell;
import procession.Connection;
import procession.CountDownLatch;
import procession.Counter;
import procession.Event;
import procession.Lock;
import procession.Queue;
import procession.ReadWriteLock;
import procession.Semaphore;
import procession.SharedMap;
import procession.core.Carried;
import procession.core.Resource;
import procession.core.Spec;
import procession.wire.Forwarded;
import procession.wire.Items;

/**
 * The actors behind {@code ref()}: one per primitive and process, and one per copy of a pipe's end. The first {@code ref()} of a
 * primitive keeps its handle as long as the process lives, since the reference may be anywhere.
 */
public final class ActorAgents implements Agents {

    private final ActorSystem<?> system;
    private final Handles handles;
    /** What an agent stands for: a primitive, an end of one, or an aspect of one. */
    private record Key(Resource resource, Optional<String> aspect) {
        static Key of(Carried carried) {
            return new Key(carried.resource(), carried.aspect());
        }
    }

    private final Map<Key, ActorRef<Object>> agents = new ConcurrentHashMap<>();
    private final Map<Key, Handle> kept = new ConcurrentHashMap<>();
    private final AtomicLong copies = new AtomicLong();

    private ActorAgents(ActorSystem<?> system, Handles handles) {
        this.system = system;
        this.handles = handles;
    }

    /**
     * Gives handles their actors, and takes commands that other nodes forward.
     *
     * @param system this node's actor system
     * @param handles this process's handles
     */
    public static void start(ActorSystem<?> system, Handles handles) {
        Items.of(system).use(handles);
        var agents = new ActorAgents(system, handles);
        handles.use(agents);
        system.systemActorOf(agents.router(), Agent.ROUTER, Props.empty());
    }

    private Behavior<Forwarded> router() {
        return Behaviors.receive(Forwarded.class).onMessage(Forwarded.class, forwarded -> {
            routed(forwarded).tell(new Agent.Arrived(forwarded.command()));
            return Behaviors.same();
        }).build();
    }

    /** What is forwarded comes with no copy of its own: the reference it was sent to keeps the primitive. */
    private ActorRef<Object> routed(Forwarded forwarded) {
        return agents.computeIfAbsent(Key.of(forwarded.to()), key -> started(handles.uncounted(forwarded.to()), ""));
    }

    @Override
    public ActorRef<Lock.Command> lock(LockHandle lock) {
        return agent(lock).narrow();
    }

    @Override
    public ActorRef<Semaphore.Command> semaphore(SemaphoreHandle semaphore) {
        return agent(semaphore).narrow();
    }

    @Override
    public ActorRef<Event.Command> event(EventHandle event) {
        return agent(event).narrow();
    }

    @Override
    public ActorRef<Queue.Command> queue(SimpleQueueHandle<?> queue) {
        return agent(queue).narrow();
    }

    @Override
    public ActorRef<Barrier.Command> barrier(BarrierHandle barrier) {
        return agent(barrier).narrow();
    }

    @Override
    public ActorRef<Connection.Command> connection(ConnectionHandle connection) {
        refuseIfEnded();
        return started(connection, "-copy-" + copies.incrementAndGet()).narrow();
    }

    @Override
    public ActorRef<CountDownLatch.Command> latch(CountDownLatchHandle latch) {
        return agent(latch).narrow();
    }

    @Override
    public ActorRef<ReadWriteLock.Command> readWriteLock(ReadWriteLockHandle lock) {
        return agent(lock).narrow();
    }

    @Override
    public ActorRef<Counter.Command> counter(CounterHandle counter) {
        return agent(counter).narrow();
    }

    @Override
    public ActorRef<Cell.Command> cell(CellHandle<?> cell) {
        return agent(cell).narrow();
    }

    @Override
    public ActorRef<SharedMap.Command> map(SharedMapHandle<?, ?> map) {
        return agent(map).narrow();
    }

    private ActorRef<Object> agent(Handle handle) {
        refuseIfEnded();
        kept.putIfAbsent(Key.of(handle.carried), handle);
        return agents.computeIfAbsent(Key.of(handle.carried), key -> started(handle, ""));
    }

    private void refuseIfEnded() {
        if (handles.session().isEnded()) {
            throw handles.session().over();
        }
    }

    private ActorRef<Object> started(Handle handle, String copy) {
        var kind = handle.spec().getClass().getSimpleName().toLowerCase(Locale.ROOT);
        var end = handle.resource().end() == Resource.WHOLE ? "" : "-" + handle.resource().end();
        var aspect = handle.carried.aspect().map(what -> "-" + what).orElse("");
        return system.systemActorOf(behavior(handle), "procession-" + kind + "-" + handle.target() + end + aspect + copy, Props.empty());
    }

    private static Behavior<Object> behavior(Handle handle) {
        return Behaviors.setup(context -> switch (handle.spec()) {
            case Spec.Lock lock -> new LockAgent(context, handle);
            case Spec.Semaphore semaphore -> new SemaphoreAgent(context, (SemaphoreHandle) handle);
            case Spec.Barrier barrier -> new BarrierAgent(context, handle);
            case Spec.Event event -> new EventAgent(context, handle);
            case Spec.Queue queue -> new QueueAgent(context, handle);
            case Spec.Counter counter -> new CounterAgent(context, handle);
            case Spec.Cell cell -> new CellAgent(context, handle);
            case Spec.SharedMap map -> new SharedMapAgent(context, handle);
            case Spec.Pipe pipe -> new ConnectionAgent(context, (ConnectionHandle) handle);
            case Spec.Latch latch -> new CountDownLatchAgent(context, handle);
            case Spec.ReadWriteLock lock -> new ReadWriteLockAgent(context, handle);
        });
    }
}
