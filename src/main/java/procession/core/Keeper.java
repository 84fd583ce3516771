package procession.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
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

    private static final int MOST_SHOWN = 100;

    private record Deadline(long at, Ticket ticket) {}

    private static final Comparator<Deadline> BY_TIME = Comparator.comparingLong(Deadline::at)
            .thenComparing(deadline -> deadline.ticket().owner()).thenComparingLong(deadline -> deadline.ticket().id());

    /** A primitive that is kept. */
    private static final class Kept {
        final Spec spec;
        final Optional<String> name;
        Machine<?, ?> machine;

        Kept(Spec spec, Optional<String> name, Rules rules) {
            this.spec = spec;
            this.name = name;
            this.machine = spec.machine(rules);
        }
    }

    private final Rules rules;
    private final Consumer<Happening> recorder;
    private final Map<Owner, Session> sessions = new LinkedHashMap<>();
    private final Map<PrimitiveId, Kept> primitives = new HashMap<>();
    private final Map<String, PrimitiveId> names = new HashMap<>();
    private final Holders holders = new Holders();
    private final TreeSet<Deadline> deadlines = new TreeSet<>(BY_TIME);
    private final Set<PrimitiveId> starved = new LinkedHashSet<>();
    private final Set<Owner> touchedLinks = new LinkedHashSet<>();
    private final Map<Owner, Member> orphans = new LinkedHashMap<>();
    private final List<Member> departed = new ArrayList<>();
    private final Situation situation = new Situation(this::label);
    private long nextOwner = 1;
    private long nextNamed = 1;
    private long nextFence = 1;
    private long payloadBytes;
    private boolean relief;
    private long step;
    private long now;

    /**
     * A keeper of nothing.
     *
     * @param rules what is the same for all primitives
     * @param recorder is told of every happening; null if nobody listens
     */
    public Keeper(Rules rules, Consumer<Happening> recorder) {
        this.rules = rules;
        this.recorder = recorder;
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
            admit(hello);
            return Hello.Verdict.WELCOME;
        }
        var parent = sessions.get(new Owner(hello.parent()));
        if (parent == null) {
            return Hello.Verdict.GONE;
        }
        var child = parent.children.get(hello.child());
        if (child == null) {
            return Hello.Verdict.UNKNOWN;
        }
        if (child.ended || child.owner != null) {
            return Hello.Verdict.GONE;
        }
        child.owner = admit(hello);
        adopt(child.owner, child.arguments);
        child.arguments = Payload.NONE;
        return Hello.Verdict.WELCOME;
    }

    private Owner admit(Hello hello) {
        var member = new Member(new Owner(nextOwner++), hello);
        sessions.put(member.owner(), new Session(member));
        happened(Happening.Kind.PROCESS_STARTED, member.owner(), "pid " + hello.pid());
        return member.owner();
    }

    /**
     * The member that said this hello.
     *
     * @param hello what it said
     * @return the member, while it takes part
     */
    public Optional<Member> find(Hello hello) {
        if (hello.parent() == 0) {
            return sessions.values().stream().map(session -> session.member).filter(m -> m.hello().parent() == 0).findFirst();
        }
        var parent = sessions.get(new Owner(hello.parent()));
        return parent == null
                ? orphans.values().stream().filter(member -> isSame(member.hello(), hello)).findFirst()
                : Optional.ofNullable(parent.children.get(hello.child()))
                        .filter(child -> child.owner != null && !child.ended)
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
     * Members whose parent is gone: somebody else must see when they end.
     *
     * @return the members
     */
    public Collection<Member> orphans() {
        return List.copyOf(orphans.values());
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
        depart(owner, outcome);
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

    private void depart(Owner owner, String outcome) {
        var session = sessions.remove(owner);
        if (session == null) {
            return;
        }
        touchedLinks.remove(owner);
        orphans.remove(owner);
        departed.add(session.member);
        session.open.values().forEach(open -> deadlines.remove(new Deadline(open.deadline(), open.ticket())));
        happened(Happening.Kind.PROCESS_ENDED, session.member, outcome);
        var obituary = new Obituary(owner, session.member.hello().name(), outcome);
        for (var target : session.touched) {
            if (primitives.containsKey(target)) {
                step(target, machine -> machine.departed(obituary, allowance()));
            }
        }
        session.stranded.values().forEach(this::release);
        bequeath(session);
        over(holders.dropAll(owner));
        session.children.values().forEach(this::orphan);
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

    private void orphan(Child child) {
        if (child.owner != null && sessions.containsKey(child.owner)) {
            orphans.put(child.owner, sessions.get(child.owner).member);
        }
        release(child.arguments);
        release(child.report);
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
            if (primitives.containsKey(arrived.target())) {
                step(arrived.target(), machine -> machine.confirmed(arrived.ticket(), allowance()));
            } else {
                Optional.ofNullable(session.stranded.remove(arrived.ticket().id()))
                        .ifPresent(payload -> adopt(session.member.owner(), payload));
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
        step++;
        var ticket = new Ticket(session.member.owner(), sent.strand(), number);
        switch (sent.request()) {
            case Request.Operate operate -> operate(session, ticket, sent, operate);
            case Request.Inspect inspect -> reply(session, number, inspected(inspect.target()));
            case Request.Create create -> create(session, create);
            case Request.Open open -> reply(session, number, opened(open));
            case Request.Withdraw withdraw -> expire(session.open.get(withdraw.request()));
            case Request.Drop drop -> {
                if (holders.drop(drop.resource(), session.member.owner(), drop.copies())) {
                    over(List.of(drop.resource()));
                }
            }
            case Request.Spawn spawn -> {
                holders.holdInTransit(spawn.arguments());
                session.children.put(spawn.child(), new Child(spawn.name(), spawn.arguments()));
            }
            case Request.Ended ended -> reply(session, number, new Reply.Settled(ended(session, ended)));
            case Request.Report report -> {
                holders.holdInTransit(report.report());
                release(session.report);
                session.report = report.report();
            }
        }
    }

    private void operate(Session session, Ticket ticket, Sent sent, Request.Operate operate) {
        var kept = primitives.get(operate.target());
        if (kept == null && operate.command() instanceof Command.GiveBack back) {
            gaveBackStranded(session, ticket, sent, back);
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
        session.open.put(ticket.id(), new Open(ticket, operate.target(), operate.command(), sent.quiet(), deadline));
        asked(ticket, operate, kept);
        var command = named(operate.command(), ticket, kept);
        step(operate.target(), machine -> machine.on(ticket, command, allowance()));
        var open = session.open.get(ticket.id());
        if (open != null && sent.timeout() <= 0) {
            expire(open);
        } else if (open != null && deadline != Long.MAX_VALUE) {
            deadlines.add(new Deadline(deadline, ticket));
        }
    }

    /** Fills in what only the keeper knows: who is who. */
    private Command named(Command command, Ticket asker, Kept kept) {
        return command instanceof Command.BreakLock
                ? new Command.BreakLock(kept.machine.view().holds().stream().map(hold -> label(hold.owner())).findFirst().orElse(""),
                        label(asker.owner()))
                : command;
    }

    /** There is no place for it to return to any more. */
    private void gaveBackStranded(Session session, Ticket ticket, Sent sent, Command.GiveBack back) {
        Optional.ofNullable(session.stranded.remove(back.request())).ifPresent(this::release);
        if (!sent.quiet()) {
            reply(session, ticket.id(), new Reply.Done());
        }
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
        var why = situation.of(kept.spec, open.command(), kept.machine.view(), open.ticket());
        step(open.target(), machine -> {
            var step = machine.expired(open.ticket(), allowance());
            return explained(step, open.ticket(), why);
        });
    }

    private static <M> Step<M> explained(Step<M> step, Ticket ticket, String why) {
        var answers = step.answers().stream()
                .map(answer -> answer.to().equals(ticket) && answer.reply() instanceof Reply.TimedOut ? new Answer(ticket, new Reply.TimedOut(why)) : answer)
                .toList();
        return new Step<>(step.next(), answers, step.settlements(), step.notes());
    }

    private Reply inspected(PrimitiveId target) {
        var kept = primitives.get(target);
        if (kept == null) {
            return notFound();
        }
        var view = kept.machine.view();
        var counts = new HashMap<String, Long>();
        view.counts().entrySet().stream().sorted(Map.Entry.comparingByKey()).limit(MOST_SHOWN)
                .forEach(count -> counts.put(count.getKey(), count.getValue()));
        counts.put("waiting", (long) view.waiting().size());
        counts.put("holds", (long) view.holds().size());
        return new Reply.Viewed(new View(first(view.holds()), first(view.waiting()), first(view.sleeping()), counts));
    }

    private static <T> List<T> first(List<T> all) {
        return all.subList(0, Math.min(MOST_SHOWN, all.size()));
    }

    private void create(Session session, Request.Create create) {
        var owner = session.member.owner();
        var id = new PrimitiveId(owner.number(), create.number());
        primitives.put(id, new Kept(create.spec(), Optional.empty(), rules));
        if (create.spec() instanceof Spec.Pipe) {
            holders.hold(new Resource(id, 1), owner, 1);
            holders.hold(new Resource(id, 2), owner, 1);
        } else {
            holders.hold(new Resource(id, Resource.WHOLE), owner, 1);
        }
    }

    private Reply opened(Request.Open open) {
        var id = names.get(open.name());
        if (id == null && !open.create()) {
            return new Reply.Refused(Refusals.NOT_FOUND,
                    "There is no semaphore named '" + open.name() + "'; give its count to make one.");
        }
        if (id == null) {
            id = new PrimitiveId(0, nextNamed++);
            names.put(open.name(), id);
            primitives.put(id, new Kept(open.spec(), Optional.of(open.name()), rules));
        }
        var spec = primitives.get(id).spec;
        boolean fits = open.create() ? spec.equals(open.spec()) : spec.getClass() == open.spec().getClass();
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
        if (child.owner != null) {
            depart(child.owner, ended.outcome());
        }
        var report = child.report;
        child.report = Payload.NONE;
        adopt(parent.member.owner(), report);
        return report;
    }

    // Machines.

    private Allowance allowance() {
        return new Allowance(nextFence, rules.payloadBudget() - payloadBytes, now);
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
        step.notes().forEach(note -> record(note.kind(), note.ticket(), target, kept, note.amount(), note.detail()));
        step.answers().forEach(answer -> answer(target, kept, answer));
        step.settlements().forEach(this::settle);
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
        answered(open, kept, answer);
        if (open.quiet() && answer.reply() instanceof Reply.Done) {
            return;
        }
        long number = reply(session, answer.to().id(), answer.reply());
        if (answer.reply() instanceof Reply.Item) {
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
            session.stranded.put(ticket.id(), payload);
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

    Holders holders() {
        return holders;
    }

    // Recording.

    private void begin(long time) {
        now = time;
        step++;
    }

    private String label(Owner owner) {
        var session = sessions.get(owner);
        return session == null ? "a process that has ended" : session.member.label();
    }

    private void asked(Ticket ticket, Request.Operate operate, Kept kept) {
        record(Happening.Kind.ASKED, ticket, operate.target(), kept, 0, operate.command().getClass().getSimpleName());
    }

    private void answered(Open open, Kept kept, Answer answer) {
        switch (answer.reply()) {
            case Reply.Granted granted -> granted(open, kept, granted.fence(), granted.abandoned(), "");
            case Reply.Resumed resumed -> granted(open, kept, resumed.fence(), resumed.abandoned(),
                    resumed.signalled() ? "signalled" : "not signalled");
            case Reply.TimedOut timedOut ->
                    record(Happening.Kind.TIMED_OUT, open.ticket(), open.target(), kept, 0, timedOut.situation());
            case Reply.Refused refused -> record(Happening.Kind.REFUSED, open.ticket(), open.target(), kept, 0, refused.message());
            case Reply.EndOfStream end -> record(Happening.Kind.END_OF_STREAM, open.ticket(), open.target(), kept, 0,
                    direction(open.command()));
            default -> done(open).ifPresent(kind -> record(kind, open.ticket(), open.target(), kept,
                    answer.item() == 0 ? amount(open.command()) : answer.item(), direction(open.command())));
        }
    }

    private void granted(Open open, Kept kept, long fence, Optional<Obituary> abandoned, String detail) {
        abandoned.ifPresent(who -> record(Happening.Kind.ABANDONED, open.ticket(), open.target(), kept,
                who.owner().number(), who.process() + " " + who.outcome()));
        record(Happening.Kind.GRANTED, open.ticket(), open.target(), kept, fence, detail);
    }

    private static Optional<Happening.Kind> done(Open open) {
        return switch (open.command()) {
            case Command.ReleaseLock c -> Optional.of(Happening.Kind.RELEASED);
            case Command.ReturnLock c -> Optional.of(Happening.Kind.RETURNED);
            case Command.ReleasePermits c -> Optional.of(Happening.Kind.RELEASED);
            case Command.SetEvent c -> Optional.of(Happening.Kind.SET);
            case Command.ClearEvent c -> Optional.of(Happening.Kind.CLEARED);
            case Command.AwaitEvent c -> Optional.of(Happening.Kind.WOKEN);
            case Command.Put c -> Optional.of(Happening.Kind.PUT);
            case Command.Get c -> Optional.of(Happening.Kind.GOT);
            case Command.TaskDone c -> Optional.of(Happening.Kind.DONE);
            case Command.JoinQueue c -> Optional.of(Happening.Kind.JOINED);
            case Command.Send c -> Optional.of(Happening.Kind.SENT);
            case Command.Receive c -> Optional.of(Happening.Kind.RECEIVED);
            case Command.Poll c -> Optional.of(Happening.Kind.READY);
            case Command.GiveBack c -> Optional.empty();
            case Command.AwaitCondition c -> Optional.empty();
            case Command.Signal c -> Optional.empty();
            case Command.BreakLock c -> Optional.empty();
            case Command.AcquireLock c -> Optional.empty();
            case Command.AcquirePermits c -> Optional.empty();
        };
    }

    /** Items are numbered for each direction of a pipe: {@code to 1} leads to its first end. */
    private static String direction(Command command) {
        return switch (command) {
            case Command.Send send -> "to " + (3 - send.end());
            case Command.Receive receive -> "to " + receive.end();
            case Command.Poll poll -> "to " + poll.end();
            default -> "";
        };
    }

    private static long amount(Command command) {
        return switch (command) {
            case Command.ReleaseLock release -> release.fence();
            case Command.ReturnLock unused -> unused.fence();
            case Command.ReleasePermits release -> release.permits();
            default -> 0;
        };
    }

    private void happened(Happening.Kind kind, Owner owner, String detail) {
        happened(kind, sessions.get(owner).member, detail);
    }

    private void happened(Happening.Kind kind, Member member, String detail) {
        if (recorder != null) {
            recorder.accept(new Happening(step, now, kind, member.owner().number(), member.hello().name(), Optional.empty(),
                    Optional.empty(), 0, 0, 0, detail));
        }
    }

    private void record(Happening.Kind kind, Ticket ticket, PrimitiveId target, Kept kept, long amount, String detail) {
        if (recorder != null) {
            var session = sessions.get(ticket.owner());
            var process = session == null ? "" : session.member.hello().name();
            recorder.accept(new Happening(step, now, kind, ticket.owner().number(), process, Optional.of(target), kept.name,
                    ticket.strand(), ticket.id(), amount, detail));
        }
    }
}
