package procession.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import procession.core.Happening.Kind;
import procession.core.Session.Open;

/**
 * Tells what happens, stamped with the keeper's step and time, to whoever listens; and, whether somebody does or not, keeps the few things
 * that a person should hear of.
 */
final class Chronicle {

    private final Consumer<Happening> recorder;
    private final Function<Owner, String> nameOf;
    private final List<String> alarms = new ArrayList<>();
    private long step;
    private long now;

    /**
     * A chronicle.
     *
     * @param recorder is told of every happening; null if nobody listens
     * @param nameOf names processes; empty for those that are gone
     */
    Chronicle(Consumer<Happening> recorder, Function<Owner, String> nameOf) {
        this.recorder = recorder;
        this.nameOf = nameOf;
    }

    void begin(long time) {
        now = time;
        step++;
    }

    void nextStep() {
        step++;
    }

    void alarm(String words) {
        alarms.add(words);
    }

    List<String> takeAlarms() {
        if (alarms.isEmpty()) {
            return List.of();
        }
        var taken = List.copyOf(alarms);
        alarms.clear();
        return taken;
    }

    // Processes and primitives.

    void process(Kind kind, Member member, String detail) {
        if (recorder != null) {
            recorder.accept(new Happening(step, now, kind, member.owner().number(), member.hello().name(), Optional.empty(),
                    Optional.empty(), 0, 0, kind == Kind.PROCESS_STARTED ? member.hello().parent() : 0, 0, detail));
        }
    }

    void made(PrimitiveId id, Optional<String> name, Spec spec, Owner by) {
        if (recorder != null) {
            recorder.accept(new Happening(step, now, Kind.MADE, by.number(), nameOf.apply(by), Optional.of(id), name, 0, 0, 0, 0,
                    spec.toString()));
        }
    }

    void over(PrimitiveId id) {
        if (recorder != null) {
            recorder.accept(new Happening(step, now, Kind.OVER, 0, "", Optional.of(id), Optional.empty(), 0, 0, 0, 0, ""));
        }
    }

    // Requests.

    void asked(Ticket ticket, PrimitiveId target, Optional<String> name, Command command) {
        if (recorder != null) {
            record(Kind.ASKED, ticket, target, name, command.about(), command.amount(), command.getClass().getSimpleName());
        }
    }

    void noted(PrimitiveId target, Optional<String> name, Note note) {
        for (int i = 0; recorder != null && i < note.count(); i++) {
            record(note.kind(), note.ticket(), target, name, note.number() + i, note.units(), note.detail());
        }
    }

    void answered(Open open, Optional<String> name, Answer answer) {
        if (recorder == null) {
            return;
        }
        switch (answer.reply()) {
            case Reply.Granted granted -> granted(open, name, granted.fence(), granted.units(), granted.abandoned(),
                    open.command().manner());
            case Reply.Resumed resumed -> granted(open, name, resumed.fence(), resumed.depth(), resumed.abandoned(),
                    resumed.signalled() ? "signalled" : "not signalled");
            case Reply.TimedOut timedOut -> record(Kind.TIMED_OUT, open, name, 0, 0, timedOut.situation());
            case Reply.Refused refused -> record(Kind.REFUSED, open, name, 0, 0, refused.code() + ": " + refused.message());
            case Reply.EndOfStream end -> record(Kind.END_OF_STREAM, open, name, 0, 0, open.command().manner());
            case Reply.Passed passed -> record(Kind.PASSED, open, name, passed.index(), 0, "");
            case Reply.Act act -> record(Kind.PASSED, open, name, act.index(), 0, "acts");
            case Reply.Item item -> record(done(open.command()).orElseThrow(), open, name, answer.item(), item.redelivered(),
                    open.command().manner());
            default -> done(open.command()).ifPresent(kind -> record(kind, open, name,
                    answer.item() == 0 ? open.command().about() : answer.item(), open.command().amount(), open.command().manner()));
        }
    }

    private void granted(Open open, Optional<String> name, long fence, int units, Optional<Obituary> abandoned, String detail) {
        abandoned.ifPresent(who -> record(Kind.ABANDONED, open, name, who.owner().number(), 0, who.process() + " " + who.outcome()));
        record(Kind.GRANTED, open, name, fence, units, detail);
    }

    private static Optional<Kind> done(Command command) {
        return switch (command) {
            case Command.ReleaseLock c -> Optional.of(Kind.RELEASED);
            case Command.ReturnLock c -> Optional.of(Kind.RETURNED);
            case Command.ReleasePermits c -> Optional.of(Kind.RELEASED);
            case Command.SetEvent c -> Optional.of(Kind.SET);
            case Command.ClearEvent c -> Optional.of(Kind.CLEARED);
            case Command.AwaitEvent c -> Optional.of(Kind.WOKEN);
            case Command.Put c -> Optional.of(Kind.PUT);
            case Command.Get c -> Optional.of(Kind.GOT);
            case Command.TaskDone c -> Optional.of(Kind.DONE);
            case Command.JoinQueue c -> Optional.of(Kind.JOINED);
            case Command.Send c -> Optional.of(Kind.SENT);
            case Command.Receive c -> Optional.of(Kind.RECEIVED);
            case Command.Poll c -> Optional.of(Kind.READY);
            case Command.CountDown c -> Optional.of(Kind.COUNTED_DOWN);
            case Command.AwaitLatch c -> Optional.of(Kind.WOKEN);
            case Command.ReleaseReadWrite c -> Optional.of(Kind.RELEASED);
            case Command.ReturnReadWrite c -> Optional.of(Kind.RETURNED);
            case Command.PollQueue c -> Optional.of(Kind.READY);
            case Command.AwaitCounter c -> Optional.of(Kind.WOKEN);
            case Command.AwaitValue c -> Optional.of(Kind.WOKEN);
            case Command.AwaitMap c -> Optional.of(Kind.WOKEN);
            default -> Optional.empty(); // What else follows from a command is noted by its machine.
        };
    }

    private void record(Kind kind, Open open, Optional<String> name, long number, int units, String detail) {
        record(kind, open.ticket(), open.target(), name, number, units, detail);
    }

    private void record(Kind kind, Ticket ticket, PrimitiveId target, Optional<String> name, long number, int units, String detail) {
        if (recorder != null) {
            recorder.accept(new Happening(step, now, kind, ticket.owner().number(), nameOf.apply(ticket.owner()), Optional.of(target),
                    name, ticket.strand(), ticket.id(), number, units, detail));
        }
    }
}
