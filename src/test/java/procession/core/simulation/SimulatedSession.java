package procession.core.simulation;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import procession.core.Answered;
import procession.core.Bug;
import procession.core.Command;
import procession.core.Frame;
import procession.core.Link;
import procession.core.Loans;
import procession.core.Payload;
import procession.core.PrimitiveId;
import procession.core.Refusals;
import procession.core.Reply;
import procession.core.Request;
import procession.core.Resource;
import procession.core.Sent;
import procession.core.Spec;
import procession.record.CallLog;
import procession.record.Unanswered;

/** A session as the real one is: it numbers requests, matches answers, and gives back what came too late before it acknowledges. */
final class SimulatedSession {

    /** What a call is told that its own process gave up: there is no verdict. */
    static final Reply GAVE_UP = new Reply.TimedOut("the keeper is silent");
    private static final Reply WITHDRAWN = new Reply.TimedOut("withdrawn");

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
                case Command.SendAll send -> send.end();
                case Command.ReceiveSome receive -> receive.end();
                default -> Resource.WHOLE;
            };
        }

        int size() {
            return switch (command) {
                case Command.Put put -> put.payload().size();
                case Command.Send send -> send.payload().size();
                default -> command.payloads().stream().mapToInt(Payload::size).max().orElse(0);
            };
        }

        @Override
        public String toString() {
            return command + " of " + target + " (request " + number + ")";
        }
    }

    private final SimulatedProcess process;
    private final Simulation simulation;
    private final Link<Sent, Answered> link = new Link<>();
    private final Map<Long, Call> calls = new LinkedHashMap<>();
    /** Requests that are answered only when they are refused. */
    private final Map<Long, Call> quietCalls = new LinkedHashMap<>();
    private final Loans loans = new Loans();
    private final CallLog log;
    private long lastLent;
    private boolean looksAfterLoans;
    private long flushAt = Long.MAX_VALUE;

    SimulatedSession(SimulatedProcess process, Simulation simulation) {
        this.process = process;
        this.simulation = simulation;
        this.log = simulation.calls(process.name());
    }

    boolean isFlushed() {
        return link.isFlushed();
    }

    boolean isIdle() {
        return calls.isEmpty() && link.isFlushed();
    }

    Collection<Call> calls() {
        return calls.values();
    }

    /** The calls of primitives. */
    List<Call> openCalls() {
        return calls.values().stream().filter(call -> call.command != null).toList();
    }

    Call operate(long strand, long timeout, boolean quiet, PrimitiveId target, Command command, Consumer<Reply> then) {
        return request(strand, timeout, quiet, new Request.Operate(target, command), then);
    }

    Call request(long strand, long timeout, boolean quiet, Request request, Consumer<Reply> then) {
        if (!(request instanceof Request.Operate(var target, var command) && isSaidOfLoan(command))) {
            loans.endBefore(request);
            sayOfLoans();
        }
        var sent = new Sent(strand, timeout, quiet, request);
        long number = link.send(sent);
        if (log != null && request instanceof Request.Operate operate) {
            log.invoked(process.owner(), number, sent, operate);
        }
        var command = request instanceof Request.Operate(var target, var asked) ? asked : null;
        var call = new Call(number, strand, request instanceof Request.Operate operate ? operate.target() : null, command, then);
        simulation.trace("%s asks %s: %s%s", process, number, request, quiet ? ", quietly" : "");
        boolean answered = switch (request) {
            case Request.Operate r -> true;
            case Request.Inspect r -> true;
            case Request.FindDeadlocks r -> true;
            case Request.Open r -> true;
            case Request.Ended r -> true;
            case Request.Leave r -> true;
            default -> false;
        };
        if (quiet) {
            quietCalls.put(number, call);
        }
        if (answered && !quiet) {
            calls.put(number, call);
            // Whoever waits for a condition gets the lock back first, however long that takes.
            if (timeout > 0 && timeout != Sent.FOR_EVER && !(command instanceof Command.AwaitCondition)) {
                process.later(timeout + Simulation.SECOND, () -> giveUp(call));
            }
        }
        flushSoon();
        return call;
    }

    // What is lent to this process.

    /** A lock that is lent is granted here; null if the keeper is to be asked. */
    Reply.Granted acquireLent(long strand, PrimitiveId lock, boolean reentrant) {
        var grant = loans.acquire(lock, strand, reentrant, simulation.now());
        if (grant != null) {
            simulation.trace("%s grants itself %s: %s", process, lock, grant);
            if (log != null) {
                var operate = new Request.Operate(lock, new Command.AcquireLock());
                log.invoked(process.owner(), --lastLent, new Sent(strand, Sent.FOR_EVER, false, operate), operate);
                log.returned(process.owner(), lastLent, grant);
            }
            sayOfLoans();
            lookAfterLoans();
        }
        return grant;
    }

    /** Whether a lock that is lent was released here. */
    boolean releaseLent(long strand, PrimitiveId lock, long fence) {
        var release = loans.release(lock, fence);
        if (release == Loans.Release.TELL) {
            operate(strand, Sent.FOR_EVER, true, lock, new Command.KeepLock(fence), reply -> { });
        } else if (release == Loans.Release.DONE && log != null) {
            var operate = new Request.Operate(lock, new Command.ReleaseLock(fence));
            log.invoked(process.owner(), --lastLent, new Sent(strand, Sent.FOR_EVER, true, operate), operate);
        }
        sayOfLoans();
        return release != Loans.Release.ASK;
    }

    private void lookAfterLoans() {
        if (!looksAfterLoans) {
            looksAfterLoans = true;
            process.later(100 * Simulation.MILLI, () -> {
                looksAfterLoans = false;
                loans.lasting(simulation.now() - 100 * Simulation.MILLI);
                sayOfLoans();
                if (loans.mayBeUntold()) {
                    lookAfterLoans();
                }
            });
        }
    }

    private void sayOfLoans() {
        loans.takeMessages().forEach(this::say);
    }

    private void say(Loans.Message message) {
        operate(message.strand(), Sent.FOR_EVER, true, message.lock(), message.command(), reply -> { });
    }

    private static boolean isSaidOfLoan(Command command) {
        return command instanceof Command.ClaimLock || command instanceof Command.ReturnLoan;
    }

    private void calledIn(PrimitiveId lock) {
        loans.end(lock);
        for (var message : loans.takeMessages()) {
            if (simulation.has(Bug.LOAN_KEPT) && message.command() instanceof Command.ReturnLoan(var fence)) {
                loans.lent(lock, 0, new Reply.Granted(fence, 1, Optional.empty(), fence + 1000), simulation.now());
                loans.release(lock, fence);
            }
            say(message);
        }
    }

    /** The keeper is silent, or slow: the asker goes on. */
    private void giveUp(Call call) {
        if (calls.get(call.number) == call && !call.abandoned) {
            simulation.trace("%s gives up %s", process, call);
            call.abandoned = true;
            ended(call, Unanswered.KEEPER_SILENT);
            call.then.accept(GAVE_UP);
            withdraw(call);
        }
    }

    void withdraw(Call call) {
        if (calls.get(call.number) == call && !call.withdrawn) {
            call.withdrawn = true;
            request(call.strand, 0, true, new Request.Withdraw(call.number), reply -> { });
        }
    }

    void withdrawAll() {
        List.copyOf(calls.values()).forEach(this::withdraw);
    }

    void received(Frame<Answered> frame) {
        var fresh = link.receive(frame, simulation.now());
        for (var answer : fresh) {
            answered(answer.message());
        }
        if (simulation.has(Bug.LINK_REPEATS) && fresh.isEmpty() && !frame.elements().isEmpty()
                && frame.elements().getFirst() instanceof Frame.Whole<Answered> whole) {
            answered(whole.message());
        }
        link.settle();
        if (link.owesAcknowledgement() && simulation.chance(40)) {
            process.later(simulation.millis(25), this::flush);
        } else {
            flush();
        }
    }

    private void answered(Answered answer) {
        simulation.trace("%s hears %s: %s", process, answer.request(), answer.reply());
        if (answer.reply() instanceof Reply.CalledIn called) {
            calledIn(called.lock());
            return;
        }
        var quiet = quietCalls.remove(answer.request());
        if (quiet != null) {
            Law.QUIET_IS_DONE.holds(answer.reply() instanceof Reply.Refused(var code, var message) && mayBeRefused(quiet, code),
                    "%s of %s was answered by %s", quiet, process, answer.reply());
            return;
        }
        var call = calls.remove(answer.request());
        Law.ANSWERED_ONCE.holds(call != null, "%s hears %s", process, answer);
        if (answer.reply() instanceof Reply.Refused(var code, var message) && code.equals(Refusals.NOT_FOUND) && !isLetter(call)) {
            Law.WHAT_IS_HELD_IS_THERE.holds(call.mayVanish || call.target == null, "%s hears of %s: %s", process, call, message);
        }
        boolean unwanted = call.abandoned || (call.withdrawn && simulation.chance(60));
        if (unwanted && !simulation.has(Bug.LATE_GRANT_KEPT) && givesBack(call, answer.reply())) {
            if (!call.abandoned) {
                ended(call, Unanswered.ABANDONED);
                call.then.accept(WITHDRAWN);
            }
            return;
        }
        adopt(answer.reply());
        if (answer.reply() instanceof Reply.Granted granted && granted.lentUntil() != 0) {
            int below = simulation.has(Bug.LOAN_UNFENCED) ? 5 : 0;
            loans.lent(call.target, call.strand, new Reply.Granted(granted.fence() - below, granted.units(), granted.abandoned(),
                    granted.lentUntil()), simulation.now());
            sayOfLoans();
        }
        if (!call.abandoned) {
            if (log != null && call.command != null) {
                log.returned(process.owner(), call.number, answer.reply());
            }
            call.then.accept(answer.reply());
        }
    }

    private void ended(Call call, Unanswered how) {
        if (log != null && call.command != null) {
            log.returned(process.owner(), call.number, how);
        }
    }

    private static boolean isLetter(Call call) {
        return call.command instanceof Command.RemoveDeadLetter;
    }

    private boolean mayBeRefused(Call quiet, String code) {
        return switch (code) {
            case Refusals.NOT_FOUND -> process.copies(new Resource(quiet.target, Resource.WHOLE)) == 0;
            case Refusals.NOT_HELD -> (quiet.command instanceof Command.ReleaseLock || quiet.command instanceof Command.KeepLock
                    || isSaidOfLoan(quiet.command)) && simulation.checks.locks.wasBroken(quiet.command.about())
                    || quiet.command instanceof Command.ReturnLock(var other) && simulation.checks.locks.isGone(other);
            case Refusals.BROKEN_BARRIER -> quiet.command instanceof Command.ActionEnded;
            // Signals have filled it up meanwhile.
            case Refusals.TOO_MANY -> simulation.spec(quiet.target) instanceof Spec.Semaphore semaphore && semaphore.bounded()
                    && !SemaphoreChecks.isPool(semaphore);
            default -> false;
        };
    }

    private void adopt(Reply reply) {
        switch (reply) {
            case Reply.Item item -> process.adopt(item.payload().carried());
            case Reply.DeadLetter letter -> process.adopt(letter.payload().carried());
            case Reply.Value value -> process.adopt(value.payload().carried());
            case Reply.Entries some -> some.entries().forEach(entry -> process.adopt(entry.payload().carried()));
            default -> { }
        }
    }

    /** Returns what its asker can no longer take, if that is something. */
    private boolean givesBack(Call call, Reply reply) {
        switch (reply) {
            case Reply.Granted granted -> back(call, switch (call.command) {
                case Command.AcquirePermits asked -> new Command.ReleasePermits(granted.units(), granted.fence(), asked.owed());
                case Command.AcquireReadWrite asked -> new Command.ReturnReadWrite(granted.fence());
                default -> new Command.ReturnLock(granted.fence());
            });
            case Reply.Resumed resumed -> {
                for (int level = 0; level < resumed.depth(); level++) {
                    back(call, new Command.ReturnLock(resumed.fence()));
                }
            }
            case Reply.Item item -> {
                simulation.checks.items.seen(SimulatedProcess.idOf(item.payload()), new Resource(call.target, call.end()), process, call.number);
                back(call, new Command.GiveBack(call.number));
            }
            case Reply.Items some -> {
                some.items().forEach(item -> simulation.checks.items.seen(SimulatedProcess.idOf(item.payload()),
                        new Resource(call.target, call.end()), process, call.number));
                back(call, new Command.GiveBack(call.number));
            }
            case Reply.DeadLetter letter -> back(call, new Command.GiveBack(call.number));
            case Reply.Value value when value.isToArrive() -> back(call, new Command.GiveBack(call.number));
            case Reply.Act act -> back(call, new Command.ActionEnded(call.number, Optional.of("nobody does it")));
            default -> {
                return false;
            }
        }
        return true;
    }

    private void back(Call call, Command command) {
        operate(call.strand, Sent.FOR_EVER, true, call.target, command, reply -> { });
    }

    private void flushSoon() {
        process.later(simulation.chance(50) ? 0 : simulation.millis(5), this::flush);
    }

    void flush() {
        if (process.owner() == null) {
            return;
        }
        long now = simulation.now();
        link.repeat(now).ifPresent(frame -> simulation.frame(process, frame));
        for (var frame = link.transmit(now); frame.isPresent(); frame = link.transmit(now)) {
            simulation.frame(process, frame.get());
        }
        if (link.owesAcknowledgement()) {
            simulation.frame(process, link.acknowledge());
        }
        long due = link.repeatAt();
        if (due < flushAt) {
            flushAt = due;
            process.later(due - now, () -> {
                flushAt = Long.MAX_VALUE;
                flush();
            });
        }
    }
}
