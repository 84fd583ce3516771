package procession.core.simulation;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import procession.core.Answered;
import procession.core.Bug;
import procession.core.Carried;
import procession.core.Command;
import procession.core.Frame;
import procession.core.Hello;
import procession.core.Owner;
import procession.core.Payload;
import procession.core.PrimitiveId;
import procession.core.Reply;
import procession.core.Request;
import procession.core.Resource;
import procession.core.Sent;
import procession.core.Spec;

/**
 * A process: a session, the handles it has, its children, and a few threads with a random program each. It can be stopped, woken and
 * killed at any step; one that joined from outside may leave.
 */
final class SimulatedProcess {

    private static final long MILLI = Simulation.MILLI;
    private static final Spec.Pipe ONE_WAY = new Spec.Pipe(false, 40);

    private final Simulation simulation;
    private final SimulatedProcess parent;
    private final long child;
    private final String name;
    private final List<Carried> arguments;
    private final SimulatedSession session;
    private final Map<Resource, Integer> holdings = new LinkedHashMap<>();
    private final List<PrimitiveId> named = new ArrayList<>();
    private final List<SimulatedThread> threads = new ArrayList<>();
    private final Map<Long, SimulatedProcess> children = new LinkedHashMap<>();
    private final ArrayDeque<Runnable> mailbox = new ArrayDeque<>();
    private Hello hello;
    private Owner owner;
    private boolean alive;
    private boolean stopped;
    private boolean finishing;
    private boolean leaving;
    private Payload report = Payload.NONE;
    private long nextChild = 1;
    private long nextPrimitive = 1;

    /** One that another process starts, or with no parent and the number 0 the main process, or with another number one that joins. */
    SimulatedProcess(Simulation simulation, SimulatedProcess parent, long child, String name, Carried... arguments) {
        this.simulation = simulation;
        this.parent = parent;
        this.child = child;
        this.name = name;
        this.arguments = List.of(arguments);
        this.session = new SimulatedSession(this, simulation);
    }

    // Life.

    void start() {
        alive = true;
        hello = new Hello(parent == null ? 0 : parent.owner.number(), child, name, 1000 + child, name);
        sayHello();
        if (!isMain() && simulation.mayDie() && simulation.chance(40)) {
            simulation.after(simulation.millis(8000), this::kill);
        }
        if (simulation.chance(15)) {
            simulation.after(simulation.millis(5000), this::stop);
        }
    }

    private boolean isMain() {
        return parent == null && child == 0;
    }

    private boolean isJoined() {
        return parent == null && child != 0;
    }

    private void sayHello() {
        if (owner == null) {
            simulation.hello(this, hello);
            later(120 * MILLI, this::sayHello);
        }
    }

    void helloed(Hello.Verdict verdict, Owner number) {
        switch (verdict) {
            case GONE -> {
                Law.ADMITTED_ONCE.holds(owner == null || leaving, "%s takes part, but is told it is gone", this);
                if (leaving) {
                    gone();
                } else {
                    kill();
                }
            }
            case UNKNOWN -> { }
            case WELCOME -> {
                Law.ADMITTED_ONCE.holds(owner == null || owner.equals(number), "%s was admitted twice", this);
                if (owner == null) {
                    owner = number;
                    begin();
                }
            }
        }
    }

    private void begin() {
        simulation.admitted(this);
        simulation.trace("%s begins", this);
        adopt(arguments);
        open("common lock", new Spec.Lock(simulation.isReentrant()));
        open("other lock", new Spec.Lock(false));
        open("common tasks", new Spec.Queue(0, Spec.QueueKind.JOINABLE));
        open("common queue", new Spec.Queue(0, Spec.QueueKind.PLAIN));
        open("common barrier", new Spec.Barrier(2, Sent.FOR_EVER));
        open("common latch", new Spec.Latch(12));
        open("common read-write lock", new Spec.ReadWriteLock());
        open("common counter", new Spec.Counter(0));
        open("common map", new Spec.SharedMap());
        if (isMain()) {
            for (int i = 0; i < 6; i++) {
                make();
            }
        }
        int count = 1 + simulation.random.nextInt(3);
        for (int i = 1; i <= count; i++) {
            threads.add(new SimulatedThread(this, simulation, i, 10 + simulation.random.nextInt(35)));
        }
        threads.forEach(thread -> later(simulation.millis(30), thread::next));
        if (simulation.chance(20)) {
            later(simulation.millis(3000), () -> simulation.hello(this, hello));
        }
    }

    /** Whether it runs, and takes part: one that leaves has given up what it had. */
    boolean isAlive() {
        return alive && !leaving;
    }

    /** Whether the operating system knows it. */
    boolean isRunning() {
        return alive;
    }

    boolean isSaid(Hello said) {
        return said.equals(hello);
    }

    Owner owner() {
        return owner;
    }

    String name() {
        return name;
    }

    SimulatedSession session() {
        return session;
    }

    void stop() {
        if (alive && !stopped && !simulation.isClosing()) {
            simulation.trace("%s is stopped", this);
            stopped = true;
            simulation.stopped(this);
            simulation.after(simulation.millis(4000), this::wake);
        }
    }

    void wake() {
        if (stopped) {
            simulation.trace("%s is woken", this);
            stopped = false;
            while (alive && !stopped && !mailbox.isEmpty()) {
                mailbox.poll().run();
            }
        }
    }

    /** As SIGKILL: not one step more. */
    void kill() {
        if (alive) {
            die("killed");
        }
    }

    private void die(String how) {
        simulation.trace("%s is dead: %s", this, how);
        alive = false;
        mailbox.clear();
        simulation.died(this);
        if (parent != null && parent.alive) {
            parent.later(simulation.millis(40), () -> parent.sawEnd(this, how));
        }
        orphans();
    }

    private void orphans() {
        children.values().forEach(orphan -> {
            if (simulation.chance(70)) {
                simulation.after(simulation.millis(2000), orphan::kill);
            }
        });
    }

    private void sawEnd(SimulatedProcess ended, String how) {
        boolean exited = how.equals("exit 0");
        session.request(0, Sent.FOR_EVER, false, new Request.Ended(ended.child, how, exited), reply -> {
            var settled = ((Reply.Settled) reply).report();
            Law.REPORT_ARRIVES.holds(!exited || settled.equals(ended.report), "%s reported %s, but %s got %s", ended, ended.report, this,
                    settled);
            ended.isSettled();
            adopt(settled.carried());
        });
    }

    private void isSettled() {
        if (owner != null) {
            simulation.specs().keySet().forEach(id -> simulation.probe().view(id).ifPresent(view -> Law.DEATH_SETTLES.holds(
                    view.holds().stream().noneMatch(hold -> hold.owner().equals(owner))
                            && view.waiting().stream().noneMatch(ticket -> ticket.owner().equals(owner))
                            && view.sleeping().stream().noneMatch(ticket -> ticket.owner().equals(owner)),
                    "%s is settled, but %s of %s", this, view, id)));
        }
    }

    /** Runs something here, unless this process is dead; when it is stopped, once it is woken. */
    void deliver(Runnable body) {
        if (!alive) {
            return;
        }
        if (stopped) {
            mailbox.add(body);
        } else {
            body.run();
        }
    }

    void later(long delay, Runnable body) {
        simulation.after(delay, () -> deliver(body));
    }

    // The end, when it comes by itself.

    void threadEnded() {
        if (isMain() || finishing || !threads.stream().allMatch(SimulatedThread::isDone)) {
            return;
        }
        finishing = true;
        if (isJoined() && simulation.chance(60)) {
            leave();
            return;
        }
        if (simulation.chance(50)) {
            dropEverything();
        }
        var returned = simulation.chance(30) ? pickCarried(Integer.MAX_VALUE, 1) : List.<Carried>of();
        report = new Payload(1, new byte[] {1, 2, 3}, returned);
        session.request(0, Sent.FOR_EVER, true, new Request.Report(report), reply -> { });
        exitWhenFlushed();
    }

    private void exitWhenFlushed() {
        if (finishing && alive && !leaving && (session.isFlushed() || simulation.has(Bug.EXIT_WITHOUT_FLUSH))) {
            die("exit 0");
        }
    }

    /** Gives up what it has, and its children, and lives on outside. */
    private void leave() {
        simulation.trace("%s leaves", this);
        leaving = true;
        simulation.checks.left(this);
        session.request(0, Sent.FOR_EVER, false, new Request.Leave(), reply -> gone());
        saysGoodbye();
    }

    /** The keeper forgets who has left, and with that an answer that was lost on its way; but it does not welcome anybody twice. */
    private void saysGoodbye() {
        later(250 * MILLI, () -> {
            simulation.hello(this, hello);
            saysGoodbye();
        });
    }

    private void gone() {
        isSettled();
        alive = false;
        simulation.left(this);
        orphans();
    }

    /** The third act: waits no longer, and ends. */
    void close() {
        deliver(() -> {
            session.withdrawAll();
            threads.forEach(SimulatedThread::hurry);
            session.flush();
        });
    }

    boolean isIdle() {
        return threads.stream().allMatch(SimulatedThread::isDone) && session.isIdle();
    }

    void received(Frame<Answered> frame) {
        session.received(frame);
        exitWhenFlushed();
    }

    // Handles.

    int copies(Resource resource) {
        return holdings.getOrDefault(resource, 0);
    }

    Map<Resource, Integer> holdings() {
        return holdings;
    }

    List<Resource> usable() {
        var all = new ArrayList<>(holdings.keySet());
        named.forEach(id -> all.add(new Resource(id, Resource.WHOLE)));
        return all;
    }

    void adopt(List<Carried> carried) {
        carried.forEach(handle -> holdings.merge(handle.resource(), 1, Integer::sum));
    }

    private void open(String common, Spec spec) {
        session.request(0, Sent.FOR_EVER, false, new Request.Open(common, spec, true), reply -> {
            var id = ((Reply.Opened) reply).primitive();
            simulation.made(id, spec);
            named.add(id);
        });
    }

    void make() {
        var random = simulation.random;
        var spec = switch (simulation.kind()) {
            case 0 -> new Spec.Lock(false);
            case 1 -> new Spec.Lock(true);
            case 2 -> new Spec.Semaphore(2, false);
            case 3 -> new Spec.Semaphore(0, false);
            case 4 -> new Spec.Semaphore(1 + random.nextInt(2), true);
            case 5 -> new Spec.Event();
            case 6 -> new Spec.Queue(0, Spec.QueueKind.SIMPLE);
            case 7 -> new Spec.Queue(random.nextInt(3), Spec.QueueKind.PLAIN);
            case 8, 9 -> new Spec.Queue(random.nextInt(3), Spec.QueueKind.JOINABLE);
            case 10 -> new Spec.Barrier(1 + random.nextInt(3), Sent.FOR_EVER);
            case 11 -> new Spec.Latch(random.nextInt(4));
            case 12, 13 -> new Spec.ReadWriteLock();
            case 14 -> new Spec.Counter(random.nextInt(3));
            case 15 -> new Spec.Cell();
            case 16 -> new Spec.SharedMap();
            default -> random.nextBoolean() ? ONE_WAY : new Spec.Pipe(true, 40);
        };
        var id = new PrimitiveId(owner.number(), nextPrimitive);
        simulation.made(id, spec);
        session.request(0, Sent.FOR_EVER, true, new Request.Create(nextPrimitive++, spec), reply -> { });
        if (spec instanceof Spec.Pipe) {
            holdings.put(new Resource(id, 1), 1);
            holdings.put(new Resource(id, 2), 1);
        } else {
            holdings.put(new Resource(id, Resource.WHOLE), 1);
        }
    }

    /** Lets go of a handle; not of the last one while it is in use, but ends of pipes may be closed whoever waits. */
    void drop(Resource resource) {
        int copies = copies(resource);
        boolean last = copies == 1;
        var using = session.calls().stream().filter(call -> resource.primitive().equals(call.target)).toList();
        boolean inUse = !using.isEmpty() || threads.stream().anyMatch(thread -> thread.isUsing(resource.primitive()));
        if (last && inUse && (resource.end() == Resource.WHOLE || simulation.chance(70))) {
            return;
        }
        if (last) {
            using.forEach(call -> call.mayVanish = true);
        }
        letGo(resource, 1);
    }

    private void letGo(Resource resource, int count) {
        holdings.merge(resource, -count, Integer::sum);
        holdings.remove(resource, 0);
        if (!simulation.has(Bug.HANDLE_LEAKED) || !simulation.chance(5)) {
            int copies = simulation.has(Bug.HANDLE_DROPPED_TWICE) ? count + 1 : count;
            session.request(0, Sent.FOR_EVER, true, new Request.Drop(resource, copies), reply -> { });
        }
    }

    void dropEverything() {
        session.calls().forEach(call -> call.mayVanish = true);
        Map.copyOf(holdings).forEach(this::letGo);
    }

    /** Handles to send along in something that is put into a primitive. */
    List<Carried> pickCarried(int youngerThan, int most) {
        var carried = new ArrayList<Carried>();
        var candidates = holdings.keySet().stream()
                .filter(resource -> youngerThan == Integer.MAX_VALUE || simulation.age(resource.primitive()) > youngerThan).toList();
        for (int i = 0; i < most && !candidates.isEmpty(); i++) {
            var resource = candidates.get(simulation.random.nextInt(candidates.size()));
            carried.add(new Carried(resource, simulation.spec(resource.primitive()), Optional.empty()));
        }
        return carried;
    }

    Payload payload(long id, PrimitiveId into) {
        int filler = !simulation.isTight() && simulation.chance(2)
                ? 60_000 + simulation.random.nextInt(100_000)
                : simulation.random.nextInt(30);
        var carried = simulation.chance(20) ? pickCarried(simulation.age(into), 1 + simulation.random.nextInt(2)) : List.<Carried>of();
        var sendingEnd = new Resource(into, 2);
        if (copies(sendingEnd) > 0 && simulation.spec(into).equals(ONE_WAY) && simulation.chance(15)) {
            carried = List.of(new Carried(sendingEnd, ONE_WAY, Optional.empty()));
        }
        return new Payload(1, ByteBuffer.allocate(8 + filler).putLong(id).array(), carried);
    }

    /** Bigger than others now and then, so that a map takes several answers. */
    Payload value(long id, PrimitiveId into) {
        var payload = payload(id, into);
        return simulation.isTight() || !simulation.chance(45) ? payload
                : new Payload(1, ByteBuffer.allocate(50_000).putLong(id).array(), payload.carried());
    }

    static long idOf(Payload payload) {
        return ByteBuffer.wrap(payload.bytes()).getLong();
    }

    // Children.

    void spawn() {
        long number = nextChild++;
        var carried = pickCarried(Integer.MAX_VALUE, simulation.random.nextInt(6)).toArray(Carried[]::new);
        var process = new SimulatedProcess(simulation, this, number, name + "." + number, carried);
        session.request(0, Sent.FOR_EVER, true,
                new Request.Spawn(number, process.name, new Payload(1, new byte[3], List.of(carried))), reply -> { });
        simulation.register(process);
        children.put(number, process);
        if (simulation.chance(5)) {
            later(simulation.millis(50), () -> sawEnd(process, "could not be started"));
        } else {
            later(simulation.millis(50), process::start);
        }
    }

    /** Itself, or some of its children: those by whose end a queue is to be shut down. */
    Map<Long, SimulatedProcess> someProducers() {
        var some = new LinkedHashMap<Long, SimulatedProcess>();
        if (children.isEmpty() || simulation.chance(40)) {
            some.put(0L, this);
        }
        children.forEach((number, process) -> {
            if (simulation.chance(60)) {
                some.put(number, process);
            }
        });
        if (some.isEmpty()) {
            some.put(0L, this);
        }
        return some;
    }

    // When all is over.

    /** Takes everything out of every queue it has a handle on. */
    void drain() {
        usable().stream().filter(resource -> simulation.spec(resource.primitive()) instanceof Spec.Queue).forEach(this::drain);
    }

    /** Takes everything out of what all know. */
    void clearMaps() {
        named.stream().filter(id -> simulation.spec(id) instanceof Spec.SharedMap).forEach(id -> {
            var command = new Command.ClearMap();
            var call = session.operate(0, Sent.FOR_EVER, false, id, command, reply -> { });
            simulation.checks.values.sent(owner, call.number, command);
        });
    }

    /** Reads and removes every dead letter of every queue it has a handle on. */
    void readLetters() {
        usable().stream().filter(resource -> simulation.spec(resource.primitive()) instanceof Spec.Queue queue && queue.joinable())
                .forEach(line -> readLetters(line, 0, new HashSet<>()));
    }

    private void drain(Resource line) {
        boolean joinable = ((Spec.Queue) simulation.spec(line.primitive())).joinable();
        var request = new long[1];
        request[0] = session.operate(0, 0, false, line.primitive(), new Command.Get(), reply -> {
            if (reply instanceof Reply.Item(var payload, var redelivered)) {
                simulation.checks.items.received(idOf(payload), line, this, request[0], redelivered);
                if (joinable) {
                    session.operate(0, Sent.FOR_EVER, true, line.primitive(), new Command.TaskDone(0), answer -> { });
                }
                drain(line);
            } else {
                simulation.checks.items.drained(line);
            }
        }).number;
    }

    private void readLetters(Resource line, long from, Set<Long> read) {
        session.operate(0, Sent.FOR_EVER, false, line.primitive(), new Command.ReadDeadLetter(from), reply -> {
            if (reply instanceof Reply.DeadLetter letter) {
                simulation.checks.items.letterRead(idOf(letter.payload()), line, letter.deliveries());
                read.add(idOf(letter.payload()));
                session.operate(0, Sent.FOR_EVER, true, line.primitive(), new Command.RemoveDeadLetter(letter.number()), gone -> { });
                readLetters(line, letter.number() + 1, read);
            } else {
                simulation.checks.items.lettersRead(line, read);
                read.forEach(id -> simulation.checks.items.letterRemoved(id, true));
            }
        });
    }

    @Override
    public String toString() {
        return name + (alive ? stopped ? " (stopped)" : "" : " (dead)");
    }
}
