package procession.record;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import procession.core.Obituary;
import procession.core.Owner;
import procession.core.PrimitiveId;
import procession.core.Reply;
import procession.core.Request;
import procession.core.Sent;

/**
 * Writes into the record of its run what one process asks of primitives and how each call ends, from the threads that do it.
 *
 * <p>Thread-safe.
 */
public final class CallLog {

    private final BiConsumer<Owner, Line> out;
    private final String process;
    private final LongSupplier clock;
    private final Map<PrimitiveId, Optional<String>> names = new ConcurrentHashMap<>();

    /**
     * A log.
     *
     * @param file where to
     * @param process name of the process
     */
    public CallLog(RecordFile file, String process) {
        this((owner, line) -> file.append(line, count -> new Line.Dropped(System.nanoTime(), owner.number(), process, count)), process,
                System::nanoTime);
    }

    CallLog(BiConsumer<Owner, Line> out, String process, LongSupplier clock) {
        this.out = out;
        this.process = process;
        this.clock = clock;
    }

    /**
     * A primitive has a name.
     *
     * @param primitive which
     * @param name its name
     */
    public void named(PrimitiveId primitive, String name) {
        names.putIfAbsent(primitive, Optional.of(name));
    }

    /**
     * A request is about to be sent.
     *
     * @param owner number of the process
     * @param number the request's number
     * @param sent the request
     * @param operate what it asks of which primitive
     */
    public void invoked(Owner owner, long number, Sent sent, Request.Operate operate) {
        var command = operate.command();
        out.accept(owner, new Line.Invoked(clock.getAsLong(), owner.number(), process, sent.strand(), number, operate.target(),
                names.getOrDefault(operate.target(), Optional.empty()), command.getClass().getSimpleName(), sent.timeout(), sent.quiet(),
                command.about(), command.amount(), command.manner()));
    }

    /**
     * A call has ended with an answer, which its caller is about to be given.
     *
     * @param owner number of the process
     * @param number the request's number
     * @param reply the answer
     */
    public void returned(Owner owner, long number, Reply reply) {
        var outcome = reply.getClass().getSimpleName();
        out.accept(owner, switch (reply) {
            case Reply.Granted granted ->
                    line(owner, number, outcome, "", granted.fence(), granted.units(), dead(granted.abandoned()), "");
            case Reply.Resumed resumed -> line(owner, number, outcome, "", resumed.fence(), resumed.depth(), dead(resumed.abandoned()),
                    resumed.signalled() ? "signalled" : "");
            case Reply.Item item -> line(owner, number, outcome, "", 0, item.redelivered(), 0, "");
            case Reply.Items items -> line(owner, number, outcome, "", 0, items.items().size(), 0, "");
            case Reply.DeadLetter letter -> line(owner, number, outcome, "", letter.number(), letter.deliveries(), 0, "");
            case Reply.Passed passed -> line(owner, number, outcome, "", passed.index(), 0, 0, "");
            case Reply.Act act -> line(owner, number, outcome, "", act.index(), 0, 0, "");
            case Reply.Counted counted -> line(owner, number, outcome, "", counted.value(), 0, 0, counted.changed() ? "changed" : "");
            case Reply.Value value -> line(owner, number, outcome, "", value.version(), 0, 0, "");
            case Reply.Stored stored -> line(owner, number, outcome, "", stored.version(), 0, 0, "");
            case Reply.Entries some -> line(owner, number, outcome, "", some.version(), some.entries().size(), 0, "");
            case Reply.Refused refused -> line(owner, number, outcome, refused.code(), 0, 0, 0, "");
            default -> line(owner, number, outcome, "", 0, 0, 0, "");
        });
    }

    /**
     * A call has ended without an answer that its caller is given.
     *
     * @param owner number of the process
     * @param number the request's number
     * @param how how it ended
     */
    public void returned(Owner owner, long number, Unanswered how) {
        out.accept(owner, line(owner, number, how.toString(), "", 0, 0, 0, ""));
    }

    private Line line(Owner owner, long number, String outcome, String code, long about, int units, long abandoned, String detail) {
        return new Line.Returned(clock.getAsLong(), owner.number(), process, number, outcome, code, about, units, abandoned, detail);
    }

    private static long dead(Optional<Obituary> abandoned) {
        return abandoned.map(Obituary::owner).map(Owner::number).orElse(0L);
    }
}
