package procession.core;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
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

    private record Deadline(long at, Ticket ticket) {}

    private static final Comparator<Deadline> BY_TIME = Comparator.comparingLong(Deadline::at)
            .thenComparing(deadline -> deadline.ticket().owner()).thenComparingLong(deadline -> deadline.ticket().id());

    private final Rules rules;
    private final Chronicle chronicle;
    private final Roll roll = new Roll();
    private final Looking looking = new Looking(roll);
    private final Estate estate;
    private final Tries tries = new Tries();
    private final TreeSet<Deadline> deadlines = new TreeSet<>(BY_TIME);
    private final Set<Owner> touchedLinks = new LinkedHashSet<>();
    private final Set<Owner> leaving = new LinkedHashSet<>();
    private final Situation situation = new Situation(roll::label, roll::askedAt);
    private final Deadlocks deadlocks = new Deadlocks(this::holdersOf);
    /** No link is due before: a bound and not the time itself, which moves with every frame. */
    private long linksDueAt = Long.MAX_VALUE;
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
        this.chronicle = new Chronicle(recorder, roll::name);
        this.estate = new Estate(rules, machines, roll, chronicle, new Estate.Listener() {
            @Override
            public void noted(PrimitiveId from, Kept kept, Note note) {
                Keeper.this.noted(from, kept, note);
            }

            @Override
            public void answered(PrimitiveId from, Kept kept, Answer answer) {
                answer(from, kept, answer);
            }
        });
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
            if (hello.isJoining() && !roll.mayJoin(hello)) {
                return Hello.Verdict.GONE;
            }
            admit(roll.nextOwner(), hello);
            return Hello.Verdict.WELCOME;
        }
        var parent = roll.session(new Owner(hello.parent()));
        if (parent == null) {
            return Hello.Verdict.GONE;
        }
        var child = parent.children.get(hello.child());
        if (child == null) {
            return Hello.Verdict.UNKNOWN;
        }
        if (child.admitted) {
            return Hello.Verdict.GONE;
        }
        child.admitted = true;
        admit(child.owner, hello).touched.addAll(child.awaitedBy);
        estate.adopt(child.owner, child.arguments);
        child.arguments = Payload.NONE;
        return Hello.Verdict.WELCOME;
    }

    private Session admit(Owner owner, Hello hello) {
        var session = roll.admit(owner, hello);
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
        return roll.find(hello);
    }

    /**
     * Everyone who takes part.
     *
     * @return the members, in the order in which they came
     */
    public List<Member> members() {
        return roll.members();
    }

    /**
     * Members that have no parent to see how they end, because it is gone or because they have joined from outside: somebody else must.
     *
     * @return the members
     */
    public Collection<Member> unattended() {
        return roll.unattended();
    }

    /**
     * Whether there are any of these.
     *
     * @return whether somebody else must see how some member ends
     */
    public boolean hasUnattended() {
        return roll.hasUnattended();
    }

    /**
     * Members whose parent is another process than the main one. It sees how they end, but may stand still and not say so.
     *
     * @return the members
     */
    public Collection<Member> distant() {
        return roll.distant();
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
        estate.relieve();
    }

    /**
     * Those who have departed since the last call.
     *
     * @return the former members
     */
    public List<Member> takeDeparted() {
        return roll.takeDeparted();
    }

    private void depart(Owner owner, String outcome, boolean orderly) {
        var session = roll.depart(owner);
        if (session == null) {
            return;
        }
        touchedLinks.remove(owner);
        leaving.remove(owner);
        session.open.values().forEach(open -> deadlines.remove(new Deadline(open.deadline(), open.ticket())));
        deadlocks.departed(owner);
        chronicle.process(Happening.Kind.PROCESS_ENDED, session.member, outcome);
        settle(new Obituary(owner, session.member.hello().name(), outcome, orderly), session.touched);
        session.loose.values().forEach(estate::release);
        bequeath(session);
        estate.dropAll(owner);
        session.children.values().forEach(this::orphan);
    }

    private void settle(Obituary obituary, Set<PrimitiveId> touched) {
        for (var target : List.copyOf(touched)) {
            if (estate.has(target)) {
                estate.step(target, machine -> machine.departed(obituary, estate.allowance()));
                endTries(target);
            }
        }
    }

    /** What a process reported about its end is kept until its parent asks, whoever saw the end first. */
    private void bequeath(Session session) {
        var hello = session.member.hello();
        var parent = roll.session(new Owner(hello.parent()));
        if (parent == null) {
            estate.release(session.report);
        } else {
            parent.children.get(hello.child()).report = session.report;
        }
    }

    /** One that has not come yet never will. */
    private void orphan(Child child) {
        if (roll.has(child.owner)) {
            roll.orphaned(child.owner);
        } else if (!child.admitted) {
            neverCame(child, "never started");
        }
        estate.release(child.arguments);
        estate.release(child.report);
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
        var session = roll.session(owner);
        if (session == null) {
            return;
        }
        for (var received : session.link.receive(frame, time)) {
            apply(session, received.number(), received.message());
        }
        touchedLinks.add(owner);
        confirm(session, session.link.settle());
        estate.relieve();
    }

    private void confirm(Session session, long settled) {
        while (!session.inFlight.isEmpty() && session.inFlight.peek().answer() <= settled) {
            var arrived = session.inFlight.poll();
            var loose = session.loose.remove(arrived.ticket().id());
            if (loose != null) {
                estate.adopt(session.member.owner(), loose);
            } else if (estate.has(arrived.target())) {
                estate.step(arrived.target(), machine -> machine.confirmed(arrived.ticket(), estate.allowance()));
            }
        }
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
            expire(roll.session(ticket.owner()).open.get(ticket.id()));
        }
        estate.relieve();
        if (linksDueAt <= time) {
            lookAfterLinks(time);
        }
        return Set.copyOf(touchedLinks);
    }

    private void lookAfterLinks(long time) {
        linksDueAt = Long.MAX_VALUE;
        for (var session : roll.all()) {
            long at = session.link.dueAt();
            if (at <= time) {
                touchedLinks.add(session.member.owner());
            } else {
                linksDueAt = Math.min(linksDueAt, at);
            }
        }
    }

    /**
     * When {@link #tick} is due. It may turn out then that nothing was to be done.
     *
     * @return the time in nanoseconds; {@link Long#MAX_VALUE} if nothing is to come
     */
    public long nextTick() {
        return deadlines.isEmpty() ? linksDueAt : Math.min(linksDueAt, deadlines.first().at());
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
            estate.relieve();
            send(transport, time);
        }
    }

    private void send(Transport transport, long time) {
        for (var owner : touchedLinks) {
            var link = roll.session(owner).link;
            link.repeat(time).ifPresent(frame -> transport.send(owner, frame));
            for (var frame = link.transmit(time); frame.isPresent(); frame = link.transmit(time)) {
                transport.send(owner, frame.get());
            }
            if (link.acknowledgeAt() <= time) {
                transport.send(owner, link.acknowledge());
            }
            linksDueAt = Math.min(linksDueAt, link.dueAt());
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
            case Request.Create create -> estate.create(session.member.owner(), create);
            case Request.Open open -> reply(session, number, estate.opened(session.member.owner(), open));
            case Request.Withdraw withdraw -> expire(session.open.get(withdraw.request()));
            case Request.Drop drop -> estate.drop(session.member.owner(), drop);
            case Request.Spawn spawn -> {
                estate.holdInTransit(spawn.arguments());
                session.children.put(spawn.child(), new Child(spawn.name(), roll.nextOwner(), spawn.arguments()));
            }
            case Request.Ended ended -> reply(session, number, new Reply.Settled(ended(session, ended)));
            case Request.Report report -> {
                estate.holdInTransit(report.report());
                estate.release(session.report);
                session.report = report.report();
            }
            case Request.Leave leave -> {
                reply(session, number, new Reply.Done());
                leaving.add(session.member.owner());
            }
        }
    }

    private void operate(Session session, Ticket ticket, Sent sent, Request.Operate operate) {
        var kept = estate.kept(operate.target());
        if (operate.command() instanceof Command.GiveBack(var request) && (kept == null || session.loose.containsKey(request))) {
            gaveBackLoose(session, ticket, sent, request);
            return;
        }
        if (kept == null || !kept.spec.understands(operate.command())) {
            reply(session, ticket.id(), kept == null ? Estate.NOT_FOUND : new Reply.Refused(Refusals.WRONG_KIND,
                    "This is " + kept.spec + "; it does not understand that."));
            return;
        }
        operate.command().payloads().forEach(estate::holdInTransit);
        session.touched.add(operate.target());
        long deadline = sent.timeout() == Sent.FOR_EVER || sent.timeout() <= 0 ? Long.MAX_VALUE : saturated(sent.timeout());
        session.open.put(ticket.id(), new Open(ticket, operate.target(), operate.command(), sent.quiet(), deadline, now));
        chronicle.asked(ticket, operate.target(), kept.name, operate.command());
        var command = named(operate.command(), session, operate.target(), kept);
        var holders = command instanceof Command.ClaimLock ? holdersOf(operate.target()) : null;
        estate.step(operate.target(), machine -> machine.on(ticket, command, estate.allowance()));
        if (holders != null && !holders.equals(holdersOf(operate.target()))) {
            isKnownToBeHeld(operate.target());
        }
        endTries(operate.target());
        var open = session.open.get(ticket.id());
        if (open == null) {
            return;
        }
        if (sent.timeout() <= 0) {
            tried(session, open, kept);
            return;
        }
        if (deadline != Long.MAX_VALUE) {
            deadlines.add(new Deadline(deadline, ticket));
        }
        if (command.waitsForHolders()) {
            waitsForLock(open, rules.onDeadlock() == Rules.OnDeadlock.REFUSE);
        }
    }

    /** It wants to be answered at once; of a lock that is lent, as soon as its borrower has answered. */
    private void tried(Session session, Open open, Kept kept) {
        if (!(open.command() instanceof Command.AcquireLock) || !kept.machine.isLent()) {
            expire(open);
            return;
        }
        var bounded = new Open(open.ticket(), open.target(), open.command(), open.quiet(), saturated(Tries.LONGEST), open.since());
        session.open.put(open.ticket().id(), bounded);
        deadlines.add(new Deadline(bounded.deadline(), open.ticket()));
        tries.add(open.target(), open.ticket());
    }

    private void endTries(PrimitiveId lock) {
        if (tries.isEmpty() || !estate.has(lock) || estate.kept(lock).machine.isLent()) {
            return;
        }
        for (var ticket : tries.take(lock)) {
            var session = roll.session(ticket.owner());
            if (session != null) {
                expire(session.open.get(ticket.id()));
            }
        }
    }

    /** Fills in what only the keeper knows: who is who. */
    private Command named(Command command, Session asker, PrimitiveId target, Kept kept) {
        return switch (command) {
            case Command.BreakLock breaking -> new Command.BreakLock(
                    kept.machine.view().holds().stream().map(hold -> roll.label(hold.owner())).findFirst().orElse(""), asker.member.label());
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
            } else if (child != null && !child.admitted) {
                child.awaitedBy.add(target);
                awaited.add(child.owner);
            } else if (child != null && roll.has(child.owner)) {
                roll.session(child.owner).touched.add(target);
                awaited.add(child.owner);
            }
        }
        return awaited;
    }

    /** There is no place for it to return to. */
    private void gaveBackLoose(Session session, Ticket ticket, Sent sent, long request) {
        Optional.ofNullable(session.loose.remove(request)).ifPresent(estate::release);
        if (!sent.quiet()) {
            reply(session, ticket.id(), new Reply.Done());
        }
    }

    /** Somebody waits in the line of a lock from now on; that may close a cycle. */
    private void waitsForLock(Open open, boolean mayRefuse) {
        deadlocks.waits(open.ticket(), open.target()).ifPresent(cycle -> isDeadlock(open, cycle, mayRefuse));
    }

    /** Who borrowed it holds it, says the borrower: so those in line wait for that thread, which may close a cycle. */
    private void isKnownToBeHeld(PrimitiveId lock) {
        deadlocks.held(lock).ifPresent(cycle -> {
            var waiter = cycle.getFirst().ticket();
            isDeadlock(roll.session(waiter.owner()).open.get(waiter.id()), cycle, rules.onDeadlock() == Rules.OnDeadlock.REFUSE);
        });
    }

    private void isDeadlock(Open open, List<WaitGraph.Edge> cycle, boolean mayRefuse) {
        var kept = estate.kept(open.target());
        var words = deadlocks.found(cycle, edge -> looking.wait(edge, estate.kept(edge.lock())), now).words();
        chronicle.noted(open.target(), kept.name, new Note(Happening.Kind.DEADLOCK, open.ticket(), 0, cycle.size(), words));
        chronicle.alarm("Deadlock: " + words + ".");
        if (mayRefuse && open.command().waitsForHolders()) {
            var refusal = new Reply.Refused(Refusals.DEADLOCK, "To wait for it would close a cycle of waits: " + words + ".");
            estate.step(open.target(), machine -> instead(machine.expired(open.ticket(), estate.allowance()), open.ticket(), refusal));
        }
    }

    private List<WaitGraph.Strand> holdersOf(PrimitiveId lock) {
        var kept = estate.kept(lock);
        return kept == null ? List.of()
                : kept.machine.holders().stream().map(hold -> new WaitGraph.Strand(hold.owner(), hold.strand())).toList();
    }

    private long saturated(long timeout) {
        long at = now + timeout;
        return at < now ? Long.MAX_VALUE : at;
    }

    private void expire(Open open) {
        if (open == null) {
            return;
        }
        var kept = estate.kept(open.target());
        var late = new Reply.TimedOut(situation.of(kept.spec, open.command(), kept.machine.view(), open.ticket(), now));
        estate.step(open.target(), machine -> instead(machine.expired(open.ticket(), estate.allowance(roll.label(open.ticket().owner()))), open.ticket(), late));
        // Who waited for a condition waits for the lock now.
        if (kept.spec instanceof Spec.Lock && roll.session(open.ticket().owner()).open.containsKey(open.ticket().id())) {
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
        var kept = estate.kept(inspect.target());
        return kept == null ? Estate.NOT_FOUND : new Reply.Viewed(looking.into(kept.machine, inspect.who(), now));
    }

    private Payload ended(Session parent, Request.Ended ended) {
        var child = parent.children.get(ended.child());
        if (child == null) {
            return Payload.NONE;
        }
        estate.release(child.arguments);
        child.arguments = Payload.NONE;
        if (child.admitted) {
            depart(child.owner, ended.outcome(), ended.orderly());
        } else {
            neverCame(child, ended.outcome());
        }
        parent.children.remove(ended.child());
        var report = child.report;
        estate.adopt(parent.member.owner(), report);
        return report;
    }

    // Machines.

    private void noted(PrimitiveId target, Kept kept, Note note) {
        chronicle.noted(target, kept.name, note);
        switch (note.kind()) {
            case CALLED_IN -> reply(roll.session(note.ticket().owner()), 0, new Reply.CalledIn(target));
            // Who was woken waits in the line of the lock from now on, behind the one that woke it, who does not wait.
            case SIGNALLED -> deadlocks.waits(note.ticket(), target);
            case BROKEN -> {
                if (kept.spec instanceof Spec.Lock) {
                    chronicle.alarm("The " + kept.label(target) + " was taken away: " + note.detail() + ".");
                }
            }
            case DEAD_LETTER -> chronicle.alarm("Item " + note.number() + " of " + kept.label(target) + " is a dead letter: it was"
                    + " given out " + (note.units() == 1 ? "once" : note.units() + " times") + " and never done; " + note.detail() + ".");
            default -> { }
        }
    }

    private void answer(PrimitiveId target, Kept kept, Answer answer) {
        var session = roll.session(answer.to().owner());
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
        if (answer.reply().isToArrive()) {
            session.inFlight.add(new InFlight(number, answer.to(), target));
        }
    }

    private long reply(Session session, long request, Reply reply) {
        touchedLinks.add(session.member.owner());
        return session.link.send(new Answered(request, reply));
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
        var all = roll.all();
        return new Load(all.size(), estate.size(), all.stream().mapToLong(session -> session.open.size()).sum(),
                all.stream().mapToLong(session -> session.inFlight.size()).sum(), deadlines.size(), estate.holders().size(), estate.payloadBytes());
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
     * @param payloadBytes bytes that queues, pipes, cells and maps hold
     */
    public record Load(long processes, long primitives, long open, long inFlight, long deadlines, long held, long payloadBytes) {}

    /**
     * Everything as it is. It changes nothing, and nobody hears of it.
     *
     * @param time the time in nanoseconds
     * @return who takes part, and all primitives
     */
    public Look look(long time) {
        return new Look(roll, estate.all(), deadlocks.standing(time), time);
    }

    /** For checks: a primitive as it is. */
    Optional<View> view(PrimitiveId id) {
        return Optional.ofNullable(estate.kept(id)).map(kept -> kept.machine.view());
    }

    /** For checks: the cycles of waits that stand. */
    List<Deadlock> deadlocks() {
        return deadlocks.standing(now);
    }

    Holders holders() {
        return estate.holders();
    }

    private void begin(long time) {
        now = time;
        chronicle.begin(time);
        estate.begin(time);
    }
}
