package procession.core.simulation;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import procession.core.Answered;
import procession.core.Carried;
import procession.core.Command;
import procession.core.Frame;
import procession.core.Hello;
import procession.core.Link;
import procession.core.Owner;
import procession.core.Payload;
import procession.core.PrimitiveId;
import procession.core.Refusals;
import procession.core.Reply;
import procession.core.Request;
import procession.core.Resource;
import procession.core.Sent;
import procession.core.Spec;

/**
 * A process: a session as the real one is (it numbers requests, matches answers, gives back what came too late before it acknowledges),
 * the handles it has, and a few threads with a random program each. It can be stopped, woken and killed at any step.
 */
final class SimulatedProcess {

    private static final long MILLI = Simulation.MILLI;
    private static final Spec.Pipe ONE_WAY = new Spec.Pipe(false, 40);

    /** A request that has not been answered. */
    static final class Call {
        final long number;
        final long strand;
        final PrimitiveId target;
        final Command command;
        final Consumer<Reply> then;
        /** Its asker has gone on: what still comes is to be given back. */
        boolean abandoned;
        /** Its asker wants no more than the verdict. */
        boolean withdrawn;
        /** What it asks may vanish under it, as another thread of its process lets go of it. */
        boolean mayVanish;

        Call(long number, long strand, PrimitiveId target, Command command, Consumer<Reply> then) {
            this.number = number;
            this.strand = strand;
            this.target = target;
            this.command = command;
            this.then = then;
        }

        PrimitiveId target() {
            return target;
        }

        String kind() {
            return command == null ? "" : command.getClass().getSimpleName();
        }

        int end() {
            return switch (command) {
                case Command.Receive receive -> receive.end();
                case Command.Poll poll -> poll.end();
                case Command.Send send -> send.end();
                default -> Resource.WHOLE;
            };
        }

        int size() {
            return switch (command) {
                case Command.Put put -> put.payload().size();
                case Command.Send send -> send.payload().size();
                default -> 0;
            };
        }

        @Override
        public String toString() {
            return command + " of " + target + " (request " + number + ")";
        }
    }

    private final Simulation simulation;
    private final SimulatedProcess parent;
    private final long child;
    private final String name;
    private final List<Carried> arguments;
    private final Link<Sent, Answered> link = new Link<>();
    private final Map<Long, Call> calls = new LinkedHashMap<>();
    /** Requests that are answered only when they are refused. */
    private final Map<Long, Call> quietCalls = new LinkedHashMap<>();
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
    private Payload report = Payload.NONE;
    private long nextChild = 1;
    private long nextPrimitive = 1;
    private long flushAt = Long.MAX_VALUE;

    SimulatedProcess(Simulation simulation, SimulatedProcess parent, long child, String name, Carried... arguments) {
        this.simulation = simulation;
        this.parent = parent;
        this.child = child;
        this.name = name;
        this.arguments = List.of(arguments);
    }

    // Life.

    void start() {
        alive = true;
        hello = new Hello(parent == null ? 0 : parent.owner.number(), child, name, 1000 + child, name);
        sayHello();
        if (parent != null && simulation.mayDie() && simulation.chance(40)) {
            simulation.after(simulation.millis(8000), this::kill);
        }
        if (simulation.chance(15)) {
            simulation.after(simulation.millis(5000), this::stop);
        }
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
                Checks.that(owner == null, "%s takes part, but is told it is gone", this);
                kill();
            }
            case UNKNOWN -> { }
            case WELCOME -> {
                Checks.that(owner == null || owner.equals(number), "%s was admitted twice", this);
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
        open("common lock", new Spec.Lock(false));
        open("common queue", new Spec.Queue(0, false));
        if (parent == null) {
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

    boolean isAlive() {
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

    void stop() {
        if (alive && !stopped && !simulation.isClosing()) {
            simulation.trace("%s is stopped", this);
            stopped = true;
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
        children.values().forEach(orphan -> {
            if (simulation.chance(70)) {
                simulation.after(simulation.millis(2000), orphan::kill);
            }
        });
    }

    private void sawEnd(SimulatedProcess ended, String how) {
        boolean exited = how.equals("exit 0");
        request(0, Sent.FOR_EVER, false, new Request.Ended(ended.child, how), reply -> {
            Checks.that(reply instanceof Reply.Settled, "An end is answered by %s", reply);
            var settled = ((Reply.Settled) reply).report();
            Checks.that(!exited || settled.equals(ended.report), "%s reported %s, but %s got %s", ended, ended.report, this, settled);
            ended.isSettled();
            adopt(settled.carried());
        });
    }

    private void isSettled() {
        if (owner != null) {
            simulation.specs().keySet().forEach(id -> simulation.probe().view(id).ifPresent(view -> Checks.that(
                    view.holds().stream().noneMatch(hold -> hold.owner().equals(owner))
                            && view.waiting().stream().noneMatch(ticket -> ticket.owner().equals(owner)),
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
        if (parent != null && threads.stream().allMatch(SimulatedThread::isDone) && !finishing) {
            finishing = true;
            if (simulation.chance(50)) {
                dropEverything();
            }
            var returned = simulation.chance(30) ? pickCarried(Integer.MAX_VALUE, 1) : List.<Carried>of();
            report = new Payload(1, new byte[] {1, 2, 3}, returned);
            request(0, Sent.FOR_EVER, true, new Request.Report(report), reply -> { });
            exitWhenFlushed();
        }
    }

    private void exitWhenFlushed() {
        if (finishing && alive && link.isFlushed()) {
            die("exit 0");
        }
    }

    /** The third act: waits no longer, and ends. */
    void close() {
        deliver(() -> {
            calls.values().forEach(this::withdraw);
            threads.forEach(SimulatedThread::hurry);
            flush();
        });
    }

    boolean isIdle() {
        return threads.stream().allMatch(SimulatedThread::isDone) && calls.isEmpty() && link.isFlushed();
    }

    // The session.

    Call operate(long strand, long timeout, boolean quiet, PrimitiveId target, Command command, Consumer<Reply> then) {
        return request(strand, timeout, quiet, new Request.Operate(target, command), then);
    }

    Call request(long strand, long timeout, boolean quiet, Request request, Consumer<Reply> then) {
        long number = link.send(new Sent(strand, timeout, quiet, request));
        var command = request instanceof Request.Operate(var target, var asked) ? asked : null;
        var call = new Call(number, strand, request instanceof Request.Operate operate ? operate.target() : null, command, then);
        simulation.trace("%s asks %s: %s%s", this, number, request, quiet ? ", quietly" : "");
        boolean answered = request instanceof Request.Operate || request instanceof Request.Ended || request instanceof Request.Open
                || request instanceof Request.Inspect;
        if (quiet) {
            quietCalls.put(number, call);
        }
        if (answered && !quiet) {
            calls.put(number, call);
            if (timeout > 0 && timeout != Sent.FOR_EVER) {
                later(timeout + Simulation.SECOND, () -> giveUp(call));
            }
        }
        flushSoon();
        return call;
    }

    /** The keeper is silent, or slow: the asker goes on. */
    private void giveUp(Call call) {
        if (calls.get(call.number) == call && !call.abandoned) {
            simulation.trace("%s gives up %s", this, call);
            call.abandoned = true;
            call.then.accept(new Reply.TimedOut("the keeper is silent"));
        }
    }

    void withdraw(Call call) {
        if (calls.get(call.number) == call && !call.withdrawn) {
            call.withdrawn = true;
            request(call.strand, 0, true, new Request.Withdraw(call.number), reply -> { });
        }
    }

    void received(Frame<Answered> frame) {
        for (var answer : link.receive(frame, simulation.now())) {
            answered(answer.message());
        }
        link.settle();
        if (link.owesAcknowledgement() && simulation.chance(40)) {
            later(simulation.millis(25), this::flush);
        } else {
            flush();
        }
        exitWhenFlushed();
    }

    private void answered(Answered answer) {
        simulation.trace("%s hears %s: %s", this, answer.request(), answer.reply());
        var quiet = quietCalls.remove(answer.request());
        if (quiet != null) {
            Checks.that(answer.reply() instanceof Reply.Refused(var code, var message) && code.equals(Refusals.NOT_FOUND)
                    && copies(new Resource(quiet.target, Resource.WHOLE)) == 0, "%s was quiet, but %s: %s", this, answer.reply(), quiet);
            return;
        }
        var call = calls.remove(answer.request());
        Checks.that(call != null, "%s is answered twice, or did not ask: %s", this, answer);
        if (answer.reply() instanceof Reply.Refused(var code, var message) && code.equals(Refusals.NOT_FOUND)) {
            Checks.that(call.mayVanish || call.target == null, "%s holds it, but %s: %s", this, message, call);
        }
        boolean unwanted = call.abandoned || (call.withdrawn && simulation.chance(60));
        switch (answer.reply()) {
            case Reply.Item item when unwanted -> giveBack(call, item);
            case Reply.Granted granted when unwanted -> giveBack(call, granted);
            case Reply.Item item -> {
                adopt(item.payload().carried());
                call.then.accept(item);
            }
            default -> {
                if (!call.abandoned) {
                    call.then.accept(answer.reply());
                }
            }
        }
    }

    private void giveBack(Call call, Reply.Item item) {
        simulation.checks.seen(idOf(item.payload()), new Resource(call.target, call.end()), this, call.number);
        simulation.checks.givesBack(call.target, this, call.number);
        operate(call.strand, Sent.FOR_EVER, true, call.target, new Command.GiveBack(call.number), reply -> { });
        goOn(call);
    }

    private void giveBack(Call call, Reply.Granted granted) {
        Command release = call.command instanceof Command.AcquireLock
                ? new Command.ReturnLock(granted.fence())
                : new Command.ReleasePermits(granted.units(), granted.fence());
        operate(call.strand, Sent.FOR_EVER, true, call.target, release, reply -> { });
        goOn(call);
    }

    private static void goOn(Call call) {
        if (!call.abandoned) {
            call.then.accept(new Reply.TimedOut("withdrawn"));
        }
    }

    private void flushSoon() {
        later(simulation.chance(50) ? 0 : simulation.millis(5), this::flush);
    }

    void flush() {
        if (owner == null) {
            return;
        }
        long now = simulation.now();
        link.repeat(now).ifPresent(frame -> simulation.frame(this, frame));
        for (var frame = link.transmit(now); frame.isPresent(); frame = link.transmit(now)) {
            simulation.frame(this, frame.get());
        }
        if (link.owesAcknowledgement()) {
            simulation.frame(this, link.acknowledge());
        }
        long due = link.repeatAt();
        if (due < flushAt) {
            flushAt = due;
            later(due - now, () -> {
                flushAt = Long.MAX_VALUE;
                flush();
            });
        }
    }

    Collection<Call> openCalls() {
        return calls.values().stream().filter(call -> call.command != null).toList();
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
        request(0, Sent.FOR_EVER, false, new Request.Open(common, spec, true), reply -> {
            var id = ((Reply.Opened) reply).primitive();
            simulation.made(id, spec);
            named.add(id);
        });
    }

    void make() {
        var random = simulation.random;
        var spec = switch (random.nextInt(9)) {
            case 0 -> new Spec.Lock(false);
            case 1 -> new Spec.Semaphore(2);
            case 2 -> new Spec.Semaphore(0);
            case 3 -> new Spec.Event();
            case 4 -> new Spec.Queue(random.nextInt(3), false);
            case 5 -> new Spec.Queue(random.nextInt(3), true);
            default -> random.nextBoolean() ? ONE_WAY : new Spec.Pipe(true, 40);
        };
        var id = new PrimitiveId(owner.number(), nextPrimitive);
        request(0, Sent.FOR_EVER, true, new Request.Create(nextPrimitive++, spec), reply -> { });
        simulation.made(id, spec);
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
        var using = calls.values().stream().filter(call -> resource.primitive().equals(call.target)).toList();
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
        request(0, Sent.FOR_EVER, true, new Request.Drop(resource, count), reply -> { });
    }

    void dropEverything() {
        calls.values().forEach(call -> call.mayVanish = true);
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

    static long idOf(Payload payload) {
        return ByteBuffer.wrap(payload.bytes()).getLong();
    }

    void spawn() {
        long number = nextChild++;
        var carried = pickCarried(Integer.MAX_VALUE, simulation.random.nextInt(6)).toArray(Carried[]::new);
        var process = new SimulatedProcess(simulation, this, number, name + "." + number, carried);
        request(0, Sent.FOR_EVER, true, new Request.Spawn(number, process.name, new Payload(1, new byte[3], List.of(carried))), reply -> { });
        simulation.register(process);
        children.put(number, process);
        if (simulation.chance(5)) {
            later(simulation.millis(50), () -> sawEnd(process, "could not be started"));
        } else {
            later(simulation.millis(50), process::start);
        }
    }

    /** Takes everything out of every queue it has a handle on. */
    void drain() {
        usable().stream().filter(resource -> simulation.spec(resource.primitive()) instanceof Spec.Queue).forEach(this::drain);
    }

    private void drain(Resource line) {
        boolean joinable = ((Spec.Queue) simulation.spec(line.primitive())).joinable();
        var request = new long[1];
        request[0] = operate(0, 0, false, line.primitive(), new Command.Get(), reply -> {
            if (reply instanceof Reply.Item(var payload)) {
                simulation.checks.received(idOf(payload), line, this, request[0]);
                if (joinable) {
                    operate(0, Sent.FOR_EVER, true, line.primitive(), new Command.TaskDone(), answer -> { });
                }
                drain(line);
            } else {
                simulation.checks.drained(line);
            }
        }).number;
    }

    @Override
    public String toString() {
        return name + (alive ? stopped ? " (stopped)" : "" : " (dead)");
    }
}
