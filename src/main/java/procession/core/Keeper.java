package procession.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import procession.core.Session.Child;
import procession.core.Session.InFlight;
import procession.core.Session.Open;

/**
 * The keeper: the links of all sessions, the machines of all primitives, who holds what, and how long each request may wait. Waiting,
 * time-outs, deaths, repeats, withdrawal and recording are here, once for all primitives.
 *
 * <p>Deterministic: the same inputs at the same times give the same outputs. It has no clock, thread or transport: time is passed in,
 * and frames are fetched with {@link #transmit}. The machines are immutable; what is around them is not, and has one user.
 */
public final class Keeper {

    private record Deadline(long at, Ticket ticket) {}

    private static final Comparator<Deadline> BY_TIME = Comparator.comparingLong(Deadline::at)
            .thenComparing(deadline -> deadline.ticket().owner()).thenComparingLong(deadline -> deadline.ticket().id());

    /** A primitive that is kept. */
    private static final class Kept {
        final Spec spec;
        final Optional<String> name;
        Machine<?, ?> machine;

        Kept(Spec spec, Optional<String> name, Machine<?, ?> machine) {
            this.spec = spec;
            this.name = name;
            this.machine = machine;
        }

        String label(PrimitiveId id) {
            return spec.kind() + " " + name.map(given -> "'" + given + "'").orElse(id.toString());
        }
    }

    private final Rules rules;
    private final Function<Spec, Machine<?, ?>> machines;
    private final Chronicle chronicle;
    private final Map<Owner, Session> sessions = new LinkedHashMap<>();
    private final Map<PrimitiveId, Kept> primitives = new HashMap<>();
    private final Map<String, PrimitiveId> names = new HashMap<>();
    private final Holders holders = new Holders();
    private final TreeSet<Deadline> deadlines = new TreeSet<>(BY_TIME);
    private final Set<PrimitiveId> starved = new LinkedHashSet<>();
    private final Set<Owner> touchedLinks = new LinkedHashSet<>();
    private final Map<Owner, Member> unattended = new LinkedHashMap<>();
    private final Set<Long> everJoined = new HashSet<>();
    private final Set<Owner> leaving = new LinkedHashSet<>();
    private final List<Member> departed = new ArrayList<>();
    private final Situation situation = new Situation(this::label, this::askedAt);
    private final Deadlocks deadlocks = new Deadlocks(this::holderOf);
    private long nextOwner = 1;
    private long nextNamed = 1;
    private long nextFence = 1;
    private long payloadBytes;
    private boolean relief;
    private long now;

    /**
     * A keeper of nothing.
     *
     * @param rules what is the same for all primitives
     * @param recorder is told of every happening; null if nobody listens
     */
    public Keeper(Rules rules, Consumer<Happening> recorder) {
        this(rules, recorder, spec -> spec.machine(rules));
    }

    /** With machines of another make. */
    Keeper(Rules rules, Consumer<Happening> recorder, Function<Spec, Machine<?, ?>> machines) {
        this.rules = rules;
        this.machines = machines;
        this.chronicle = new Chronicle(recorder, this::nameOf);
    }

    // Processes come and go.

    /**
     * A process says hello. Saying it again changes nothing.
     *
     * @param hello what it says of itself
     * @param time the time in nanoseconds
     * @return whether it takes part
     */
    public Hello.Verdict hello(Hello hello, long time) {
        begin(time);
        if (find(hello).isPresent()) {
            return Hello.Verdict.WELCOME;
        }
        if (hello.parent() == 0) {
            return hello.isMain() || everJoined.add(hello.child()) ? unannounced(hello) : Hello.Verdict.GONE;
        }
        var parent = sessions.get(new Owner(hello.parent()));
        if (parent == null) {
            return Hello.Verdict.GONE;
        }
        var child = parent.children.get(hello.child());
        if (child == null) {
            return Hello.Verdict.UNKNOWN;
        }
        if (child.ended || child.admitted) {
            return Hello.Verdict.GONE;
        }
        child.admitted = true;
        admit(child.owner, hello).touched.addAll(child.awaitedBy);
        adopt(child.owner, child.arguments);
        child.arguments = Payload.NONE;
        return Hello.Verdict.WELCOME;
    }

    private Hello.Verdict unannounced(Hello hello) {
        var member = admit(new Owner(nextOwner++), hello).member;
        if (hello.isJoining()) {
            unattended.put(member.owner(), member);
        }
        return Hello.Verdict.WELCOME;
    }

    private Session admit(Owner owner, Hello hello) {
        var session = new Session(new Member(owner, hello));
        sessions.put(owner, session);
        chronicle.process(Happening.Kind.PROCESS_STARTED, session.member,
                "pid " + hello.pid() + (hello.isJoining() ? ", joined" : ""));
        return session;
    }

    /**
     * The member that said this hello.
     *
     * @param hello what it said
     * @return the member, while it takes part
     */
    public Optional<Member> find(Hello hello) {
        if (hello.parent() == 0) {
            return members().stream().filter(member -> isSame(member.hello(), hello)).findFirst();
        }
        var parent = sessions.get(new Owner(hello.parent()));
        return parent == null
                ? unattended.values().stream().filter(member -> isSame(member.hello(), hello)).findFirst()
                : Optional.ofNullable(parent.children.get(hello.child()))
                        .filter(child -> child.admitted && !child.ended)
                        .map(child -> sessions.get(child.owner))
                        .map(session -> session.member);
    }

    private static boolean isSame(Hello one, Hello other) {
        return one.parent() == other.parent() && one.child() == other.child();
    }

    /**
     * Everyone who takes part.
     *
     * @return the members, in the order in which they came
     */
    public List<Member> members() {
        return sessions.values().stream().map(session -> session.member).toList();
    }

    /**
     * Members that have no parent to see how they end, because it is gone or because they have joined from outside: somebody else must.
     *
     * @return the members
     */
    public Collection<Member> unattended() {
        return List.copyOf(unattended.values());
    }

    /**
     * Evidence that a process is gone, from another witness than its parent. Harmless when it is known.
     *
     * @param owner which
     * @param outcome how it ended, in words
     * @param time the time in nanoseconds
     */
    public void gone(Owner owner, String outcome, long time) {
        begin(time);
        depart(owner, outcome, false);
        relieve();
    }

    /**
     * Those who have departed since the last call.
     *
     * @return the former members
     */
    public List<Member> takeDeparted() {
        var taken = List.copyOf(departed);
        departed.clear();
        return taken;
    }

    private void depart(Owner owner, String outcome, boolean orderly) {
        var session = sessions.remove(owner);
        if (session == null) {
            return;
        }
        touchedLinks.remove(owner);
        unattended.remove(owner);
        leaving.remove(owner);
        departed.add(session.member);
        session.open.values().forEach(open -> deadlines.remove(new Deadline(open.deadline(), open.ticket())));
        deadlocks.departed(owner);
        chronicle.process(Happening.Kind.PROCESS_ENDED, session.member, outcome);
        settle(new Obituary(owner, session.member.hello().name(), outcome, orderly), session.touched);
        session.loose.values().forEach(this::release);
        bequeath(session);
        over(holders.dropAll(owner));
        session.children.values().forEach(this::orphan);
    }

    private void settle(Obituary obituary, Set<PrimitiveId> touched) {
        for (var target : List.copyOf(touched)) {
            if (primitives.containsKey(target)) {
                step(target, machine -> machine.departed(obituary, allowance()));
            }
        }
    }

    /** What a process reported about its end is kept until its parent asks, whoever saw the end first. */
    private void bequeath(Session session) {
        var hello = session.member.hello();
        var parent = sessions.get(new Owner(hello.parent()));
        if (parent == null) {
            release(session.report);
        } else {
            parent.children.get(hello.child()).report = session.report;
        }
    }

    /** One that has not come yet never will. */
    private void orphan(Child child) {
        if (sessions.containsKey(child.owner)) {
            unattended.put(child.owner, sessions.get(child.owner).member);
        } else if (!child.admitted && !child.ended) {
            neverCame(child, "never started");
        }
        release(child.arguments);
        release(child.report);
    }

    private void neverCame(Child child, String outcome) {
        settle(new Obituary(child.owner, child.name, outcome, false), child.awaitedBy);
    }

    // Frames come and go.

    /**
     * A frame from a session. One from a process that has departed is dropped.
     *
     * @param owner whose session
     * @param frame the frame
     * @param time the time in nanoseconds
     */
    public void receive(Owner owner, Frame<Sent> frame, long time) {
        begin(time);
        var session = sessions.get(owner);
        if (session == null) {
            return;
        }
        for (var received : session.link.receive(frame, time)) {
            apply(session, received.number(), received.message());
        }
        touchedLinks.add(owner);
        confirm(session, session.link.settle());
        relieve();
    }

    private void confirm(Session session, long settled) {
        while (!session.inFlight.isEmpty() && session.inFlight.peek().answer() <= settled) {
            var arrived = session.inFlight.poll();
            var loose = session.loose.remove(arrived.ticket().id());
            if (loose != null) {
                adopt(session.member.owner(), loose);
            } else if (primitives.containsKey(arrived.target())) {
                step(arrived.target(), machine -> machine.confirmed(arrived.ticket(), allowance()));
            }
        }
    }

    /** A payload that was in transit has reached a process. */
    private void adopt(Owner owner, Payload payload) {
        holders.adopt(owner, payload);
        release(payload);
    }

    /**
     * Time has passed: requests that have waited long enough are answered, and frames that were not heard of are repeated.
     *
     * @param time the time in nanoseconds
     * @return owners to transmit to
     */
    public Set<Owner> tick(long time) {
        begin(time);
        while (!deadlines.isEmpty() && deadlines.first().at() <= time) {
            var ticket = deadlines.pollFirst().ticket();
            expire(sessions.get(ticket.owner()).open.get(ticket.id()));
        }
        relieve();
        sessions.forEach((owner, session) -> {
            if (session.link.repeatAt() <= time) {
                touchedLinks.add(owner);
            }
        });
        return Set.copyOf(touchedLinks);
    }

    /**
     * When {@link #tick} is due.
     *
     * @return the time in nanoseconds; {@link Long#MAX_VALUE} if nothing is to come
     */
    public long nextTick() {
        long next = deadlines.isEmpty() ? Long.MAX_VALUE : deadlines.first().at();
        for (var session : sessions.values()) {
            next = Math.min(next, session.link.repeatAt());
        }
        return next;
    }

    /**
     * Hands out the frames that are to go out after an input.
     *
     * @param transport is given each frame
     * @param time the time in nanoseconds
     */
    public void transmit(Transport transport, long time) {
        send(transport, time);
        while (!leaving.isEmpty()) {
            begin(time);
            depart(leaving.iterator().next(), "left the run", true);
            relieve();
            send(transport, time);
        }
    }

    private void send(Transport transport, long time) {
        for (var owner : touchedLinks) {
            var link = sessions.get(owner).link;
            link.repeat(time).ifPresent(frame -> transport.send(owner, frame));
            for (var frame = link.transmit(time); frame.isPresent(); frame = link.transmit(time)) {
                transport.send(owner, frame.get());
            }
            if (link.owesAcknowledgement()) {
                transport.send(owner, link.acknowledge());
            }
        }
        touchedLinks.clear();
    }

    /** Takes frames to sessions; may lose, double or delay them. */
    @FunctionalInterface
    public interface Transport {
        /**
         * Sends a frame.
         *
         * @param to whose session
         * @param frame the frame
         */
        void send(Owner to, Frame<Answered> frame);
    }

    // Requests.

    private void apply(Session session, long number, Sent sent) {
        chronicle.nextStep();
        var ticket = new Ticket(session.member.owner(), sent.strand(), number);
        switch (sent.request()) {
            case Request.Operate operate -> operate(session, ticket, sent, operate);
            case Request.Inspect inspect -> reply(session, number, inspected(inspect));
            case Request.FindDeadlocks find -> reply(session, number, new Reply.Deadlocks(deadlocks.standing(now)));
            case Request.Create create -> create(session, create);
            case Request.Open open -> reply(session, number, opened(session, open));
            case Request.Withdraw withdraw -> expire(session.open.get(withdraw.request()));
            case Request.Drop drop -> {
                if (holders.drop(drop.resource(), session.member.owner(), drop.copies())) {
                    over(List.of(drop.resource()));
                }
            }
            case Request.Spawn spawn -> {
                holders.holdInTransit(spawn.arguments());
                session.children.put(spawn.child(), new Child(spawn.name(), new Owner(nextOwner++), spawn.arguments()));
            }
            case Request.Ended ended -> reply(session, number, new Reply.Settled(ended(session, ended)));
            case Request.Report report -> {
                holders.holdInTransit(report.report());
                release(session.report);
                session.report = report.report();
            }
            case Request.Leave leave -> {
                reply(session, number, new Reply.Done());
                leaving.add(session.member.owner());
            }
        }
    }

    private void operate(Session session, Ticket ticket, Sent sent, Request.Operate operate) {
        var kept = primitives.get(operate.target());
        if (operate.command() instanceof Command.GiveBack(var request) && (kept == null || session.loose.containsKey(request))) {
            gaveBackLoose(session, ticket, sent, request);
            return;
        }
        if (kept == null || !kept.spec.understands(operate.command())) {
            reply(session, ticket.id(), kept == null ? notFound() : new Reply.Refused(Refusals.WRONG_KIND,
                    "This is " + kept.spec + "; it does not understand that."));
            return;
        }
        holders.holdInTransit(sent.bulk());
        session.touched.add(operate.target());
        long deadline = sent.timeout() == Sent.FOR_EVER || sent.timeout() <= 0 ? Long.MAX_VALUE : saturated(sent.timeout());
        session.open.put(ticket.id(), new Open(ticket, operate.target(), operate.command(), sent.quiet(), deadline, now));
        chronicle.asked(ticket, operate.target(), kept.name, operate.command());
        var command = named(operate.command(), session, operate.target(), kept);
        step(operate.target(), machine -> machine.on(ticket, command, allowance()));
        var open = session.open.get(ticket.id());
        if (open == null) {
            return;
        }
        if (sent.timeout() <= 0) {
            expire(open);
            return;
        }
        if (deadline != Long.MAX_VALUE) {
            deadlines.add(new Deadline(deadline, ticket));
        }
        if (command instanceof Command.AcquireLock) {
            waitsForLock(open, rules.onDeadlock() == Rules.OnDeadlock.REFUSE);
        }
    }

    /** Fills in what only the keeper knows: who is who. */
    private Command named(Command command, Session asker, PrimitiveId target, Kept kept) {
        return switch (command) {
            case Command.BreakLock breaking -> new Command.BreakLock(
                    kept.machine.view().holds().stream().map(hold -> label(hold.owner())).findFirst().orElse(""), asker.member.label());
            case Command.AbortBarrier abort -> new Command.AbortBarrier(asker.member.label());
            case Command.ResetBarrier reset -> new Command.ResetBarrier(asker.member.label());
            case Command.CloseWhenGone close -> new Command.CloseWhenGone(close.children(), awaited(close.children(), asker, target));
            default -> command;
        };
    }

    /** Who of these has not ended; the primitive will hear of their ends. */
    private List<Owner> awaited(List<Long> children, Session asker, PrimitiveId target) {
        var awaited = new ArrayList<Owner>();
        for (long number : children) {
            var child = asker.children.get(number);
            if (number == 0) {
                awaited.add(asker.member.owner());
            } else if (child != null && !child.ended && !child.admitted) {
                child.awaitedBy.add(target);
                awaited.add(child.owner);
            } else if (child != null && sessions.containsKey(child.owner)) {
                sessions.get(child.owner).touched.add(target);
                awaited.add(child.owner);
            }
        }
        return awaited;
    }

    /** There is no place for it to return to. */
    private void gaveBackLoose(Session session, Ticket ticket, Sent sent, long request) {
        Optional.ofNullable(session.loose.remove(request)).ifPresent(this::release);
        if (!sent.quiet()) {
            reply(session, ticket.id(), new Reply.Done());
        }
    }

    /** Somebody waits in the line of a lock from now on; that may close a cycle. */
    private void waitsForLock(Open open, boolean mayRefuse) {
        var kept = primitives.get(open.target());
        deadlocks.waits(open.ticket(), open.target()).ifPresent(cycle -> {
            var words = deadlocks.found(cycle, edge -> waitOf(edge), now).words();
            chronicle.noted(open.target(), kept.name, new Note(Happening.Kind.DEADLOCK, open.ticket(), 0, cycle.size(), words));
            chronicle.alarm("Deadlock: " + words + ".");
            if (mayRefuse) {
                var refusal = new Reply.Refused(Refusals.DEADLOCK, "To wait for it would close a cycle of waits: " + words + ".");
                step(open.target(), machine -> instead(machine.expired(open.ticket(), allowance()), open.ticket(), refusal));
            }
        });
    }

    private Deadlock.Wait waitOf(WaitGraph.Edge edge) {
        var session = sessions.get(edge.ticket().owner());
        var hello = session.member.hello();
        return new Deadlock.Wait(hello.name(), hello.pid(), edge.ticket().strand(), edge.lock(),
                primitives.get(edge.lock()).name, session.open.get(edge.ticket().id()).since());
    }

    private Optional<WaitGraph.Strand> holderOf(PrimitiveId lock) {
        return Optional.ofNullable(primitives.get(lock)).flatMap(kept -> kept.machine.held())
                .map(hold -> new WaitGraph.Strand(hold.owner(), hold.strand()));
    }

    private long saturated(long timeout) {
        long at = now + timeout;
        return at < now ? Long.MAX_VALUE : at;
    }

    private static Reply notFound() {
        return new Reply.Refused(Refusals.NOT_FOUND, "It is not there any more: no process holds it.");
    }

    private void expire(Open open) {
        if (open == null) {
            return;
        }
        var kept = primitives.get(open.target());
        var late = new Reply.TimedOut(situation.of(kept.spec, open.command(), kept.machine.view(), open.ticket(), now));
        step(open.target(), machine -> instead(machine.expired(open.ticket(), allowance(label(open.ticket().owner()))), open.ticket(), late));
        // Who waited for a condition waits for the lock now.
        if (kept.spec instanceof Spec.Lock && sessions.get(open.ticket().owner()).open.containsKey(open.ticket().id())) {
            waitsForLock(open, false);
        }
    }

    /** The same step, but the one whose time is over is told more. */
    private static <M> Step<M> instead(Step<M> step, Ticket ticket, Reply reply) {
        var answers = step.answers().stream()
                .map(answer -> answer.to().equals(ticket) && answer.reply() instanceof Reply.TimedOut ? new Answer(ticket, reply) : answer)
                .toList();
        return new Step<>(step.next(), answers, step.settlements(), step.notes());
    }

    private Reply inspected(Request.Inspect inspect) {
        var kept = primitives.get(inspect.target());
        if (kept == null) {
            return notFound();
        }
        var view = kept.machine.view();
        var counts = new HashMap<String, Long>();
        view.counts().entrySet().stream().sorted(Map.Entry.comparingByKey()).limit(Snapshot.MOST)
                .forEach(count -> counts.put(count.getKey(), count.getValue()));
        counts.put("holders", (long) view.holds().size());
        counts.put("waiters", (long) view.waiting().size() + view.sleeping().size());
        return new Reply.Viewed(inspect.who()
                ? new Snapshot(first(view.holds()).stream().map(this::holding).toList(),
                        first(Stream.concat(view.waiting().stream(), view.sleeping().stream()).toList()).stream().map(this::queued).toList(),
                        counts, now)
                : new Snapshot(List.of(), List.of(), counts, now));
    }

    private Snapshot.Holding holding(View.Hold hold) {
        var hello = sessions.get(hold.owner()).member.hello();
        return new Snapshot.Holding(hello.name(), hello.pid(), hold.strand(), hold.fence(), hold.units(), hold.since());
    }

    private Snapshot.Queued queued(Ticket ticket) {
        var session = sessions.get(ticket.owner());
        var hello = session.member.hello();
        var open = session.open.get(ticket.id());
        return new Snapshot.Queued(hello.name(), hello.pid(), ticket.strand(), Situation.wants(open.command()), open.since());
    }

    private static <T> List<T> first(List<T> all) {
        return all.subList(0, Math.min(Snapshot.MOST, all.size()));
    }

    private void create(Session session, Request.Create create) {
        var owner = session.member.owner();
        var id = new PrimitiveId(owner.number(), create.number());
        primitives.put(id, new Kept(create.spec(), Optional.empty(), machines.apply(create.spec())));
        chronicle.made(id, Optional.empty(), create.spec(), owner);
        if (create.spec() instanceof Spec.Pipe) {
            holders.hold(new Resource(id, 1), owner, 1);
            holders.hold(new Resource(id, 2), owner, 1);
        } else {
            holders.hold(new Resource(id, Resource.WHOLE), owner, 1);
        }
    }

    private Reply opened(Session session, Request.Open open) {
        var id = names.get(open.name());
        if (id == null && !open.create()) {
            return new Reply.Refused(Refusals.NOT_FOUND,
                    "There is no " + open.spec().kind() + " named '" + open.name() + "'; give its size to make one.");
        }
        if (id == null) {
            id = new PrimitiveId(0, nextNamed++);
            names.put(open.name(), id);
            primitives.put(id, new Kept(open.spec(), Optional.of(open.name()), machines.apply(open.spec())));
            chronicle.made(id, Optional.of(open.name()), open.spec(), session.member.owner());
        }
        var spec = primitives.get(id).spec;
        boolean fits = open.create() ? spec.equals(open.spec()) : spec.isLike(open.spec());
        return fits ? new Reply.Opened(id, spec) : new Reply.Refused(Refusals.NAME_TAKEN,
                "'" + open.name() + "' is " + spec + ", not " + open.spec() + ".");
    }

    private Payload ended(Session parent, Request.Ended ended) {
        var child = parent.children.get(ended.child());
        if (child == null || child.ended) {
            return Payload.NONE;
        }
        child.ended = true;
        release(child.arguments);
        child.arguments = Payload.NONE;
        if (child.admitted) {
            depart(child.owner, ended.outcome(), ended.orderly());
        } else {
            neverCame(child, ended.outcome());
        }
        var report = child.report;
        child.report = Payload.NONE;
        adopt(parent.member.owner(), report);
        return report;
    }

    // Machines.

    private Allowance allowance() {
        return allowance("");
    }

    private Allowance allowance(String who) {
        return new Allowance(nextFence, rules.payloadBudget() - payloadBytes, now, who);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private void step(PrimitiveId target, Function<Machine<?, Command>, Step<?>> input) {
        var kept = primitives.get(target);
        long before = kept.machine.bytes();
        var step = input.apply((Machine<?, Command>) (Machine) kept.machine);
        kept.machine = (Machine<?, ?>) step.next();
        long more = kept.machine.bytes() - before;
        payloadBytes += more;
        relief |= more < 0;
        if (kept.machine.hasPutters()) {
            starved.add(target);
        } else {
            starved.remove(target);
        }
        step.notes().forEach(note -> noted(target, kept, note));
        step.answers().forEach(answer -> answer(target, kept, answer));
        step.settlements().forEach(this::settle);
    }

    private void noted(PrimitiveId target, Kept kept, Note note) {
        chronicle.noted(target, kept.name, note);
        switch (note.kind()) {
            // Who was woken waits in the line of the lock from now on, behind the one that woke it, who does not wait.
            case SIGNALLED -> deadlocks.waits(note.ticket(), target);
            case BROKEN -> {
                if (kept.spec instanceof Spec.Lock) {
                    chronicle.alarm("The " + kept.label(target) + " was taken away: " + note.detail() + ".");
                }
            }
            case DEAD_LETTER -> chronicle.alarm("Item " + note.number() + " of " + kept.label(target) + " is a dead letter: it was"
                    + " given out " + note.units() + " times and never done; " + note.detail() + ".");
            default -> { }
        }
    }

    private void answer(PrimitiveId target, Kept kept, Answer answer) {
        nextFence = Math.max(nextFence, fence(answer.reply()) + 1);
        var session = sessions.get(answer.to().owner());
        if (session == null) {
            return;
        }
        var open = session.open.remove(answer.to().id());
        if (open.deadline() != Long.MAX_VALUE) {
            deadlines.remove(new Deadline(open.deadline(), open.ticket()));
        }
        deadlocks.waitsNoMore(open.ticket());
        chronicle.answered(open, kept.name, answer);
        if (open.quiet() && answer.reply() instanceof Reply.Done) {
            return;
        }
        long number = reply(session, answer.to().id(), answer.reply());
        if (answer.reply() instanceof Reply.Item || answer.reply() instanceof Reply.DeadLetter) {
            session.inFlight.add(new InFlight(number, answer.to(), target));
        }
    }

    /** A re-entry repeats a fence that is out already. */
    private static long fence(Reply reply) {
        return switch (reply) {
            case Reply.Granted granted -> granted.fence();
            case Reply.Resumed resumed -> resumed.fence();
            default -> 0;
        };
    }

    private long reply(Session session, long request, Reply reply) {
        touchedLinks.add(session.member.owner());
        return session.link.send(new Answered(request, reply));
    }

    private void settle(Settlement settlement) {
        switch (settlement) {
            case Settlement.Adopted adopted -> {
                if (sessions.containsKey(adopted.by())) {
                    holders.adopt(adopted.by(), adopted.payload());
                }
            }
            case Settlement.Copied copied -> {
                if (sessions.containsKey(copied.to().owner())) {
                    holders.holdInTransit(copied.payload());
                    sessions.get(copied.to().owner()).loose.put(copied.to().id(), copied.payload());
                }
            }
            case Settlement.Discarded discarded -> release(discarded.payload());
        }
    }

    /** A payload is no longer in transit. */
    private void release(Payload payload) {
        if (!payload.carried().isEmpty()) {
            over(holders.dropInTransit(payload));
        }
    }

    /** Nobody holds these any more; what they had in custody may end more. */
    private void over(List<Resource> first) {
        var resources = new ArrayDeque<>(first);
        while (!resources.isEmpty()) {
            var resource = resources.poll();
            var kept = primitives.get(resource.primitive());
            if (kept == null || kept.name.isPresent()) {
                continue;
            }
            if (resource.end() != Resource.WHOLE) {
                step(resource.primitive(), machine -> machine.endGone(resource.end(), allowance()));
                // What the pipe dropped may have held its other end, and then it is removed already.
                if (primitives.get(resource.primitive()) != kept
                        || holders.isHeld(new Resource(resource.primitive(), 3 - resource.end()))) {
                    continue;
                }
            }
            remove(resource.primitive(), kept);
            kept.machine.custody().forEach(payload -> resources.addAll(holders.dropInTransit(payload)));
        }
    }

    private void remove(PrimitiveId id, Kept kept) {
        primitives.remove(id);
        chronicle.over(id);
        var view = kept.machine.view();
        view.waiting().forEach(ticket -> answer(id, kept, new Answer(ticket, notFound())));
        view.sleeping().forEach(ticket -> answer(id, kept, new Answer(ticket, notFound())));
        kept.machine.underWay().forEach(this::strand);
        sessions.values().forEach(session -> session.touched.remove(id));
        starved.remove(id);
        payloadBytes -= kept.machine.bytes();
        relief = true;
    }

    /** Whoever took this last item may have let go of the queue at once: the item is on its way to it all the same. */
    private void strand(Ticket ticket, Payload payload) {
        var session = sessions.get(ticket.owner());
        if (session == null) {
            release(payload);
        } else {
            session.loose.put(ticket.id(), payload);
        }
    }

    /** Lets those put who waited for room, when there is more of it. */
    private void relieve() {
        while (relief && !starved.isEmpty()) {
            relief = false;
            for (var target : List.copyOf(starved)) {
                if (primitives.containsKey(target)) {
                    step(target, machine -> machine.relieved(allowance()));
                }
            }
        }
        relief = false;
    }

    // What there is.

    /**
     * What a person should hear of, since the last call.
     *
     * @return a sentence for each
     */
    public List<String> takeAlarms() {
        return chronicle.takeAlarms();
    }

    /**
     * How much there is of everything that comes and goes.
     *
     * @return the figures
     */
    public Load load() {
        var all = sessions.values();
        return new Load(sessions.size(), primitives.size(), all.stream().mapToLong(session -> session.open.size()).sum(),
                all.stream().mapToLong(session -> session.inFlight.size()).sum(), deadlines.size(), holders.size(), payloadBytes);
    }

    /**
     * How much a keeper keeps.
     *
     * @param processes processes that take part
     * @param primitives primitives
     * @param open requests that wait
     * @param inFlight items on their way whose receipt has not been confirmed
     * @param deadlines requests that wait with a time-out
     * @param held handles and ends of pipes that some process or payload holds
     * @param payloadBytes bytes that queues and pipes hold
     */
    public record Load(long processes, long primitives, long open, long inFlight, long deadlines, long held, long payloadBytes) {}

    /** For checks: a primitive as it is. */
    Optional<View> view(PrimitiveId id) {
        return Optional.ofNullable(primitives.get(id)).map(kept -> kept.machine.view());
    }

    /** For checks: the cycles of waits that stand. */
    List<Deadlock> deadlocks() {
        return deadlocks.standing(now);
    }

    Holders holders() {
        return holders;
    }

    // Who is who, and when.

    private void begin(long time) {
        now = time;
        chronicle.begin(time);
    }

    private String label(Owner owner) {
        var session = sessions.get(owner);
        return session == null ? "a process that has ended" : session.member.label();
    }

    private String nameOf(Owner owner) {
        var session = sessions.get(owner);
        return session == null ? "" : session.member.hello().name();
    }

    private long askedAt(Ticket ticket) {
        return sessions.get(ticket.owner()).open.get(ticket.id()).since();
    }
}
