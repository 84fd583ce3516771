package procession.core.simulation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import procession.core.Command;
import procession.core.Payload;
import procession.core.PrimitiveId;
import procession.core.Reply;
import procession.core.Resource;
import procession.core.Sent;

/** What a thread does with counters, cells and maps. */
final class ValueUse {

    /** A call that the thread waits for. */
    interface Asking {
        SimulatedSession.Call ask(PrimitiveId id, Command command, long timeout, Consumer<Reply> then);
    }

    private final SimulatedProcess process;
    private final Simulation simulation;
    private final Asking asking;

    ValueUse(SimulatedProcess process, Simulation simulation, Asking asking) {
        this.process = process;
        this.simulation = simulation;
        this.asking = asking;
    }

    private void ask(PrimitiveId id, Command command, long timeout, Consumer<Reply> then) {
        var request = new long[1];
        request[0] = asking.ask(id, command, timeout, reply -> {
            simulation.checks.values.told(id, process.owner(), request[0], command, reply);
            then.accept(reply);
        }).number;
        simulation.checks.values.sent(process.owner(), request[0], command);
    }

    void counter(PrimitiveId id, long timeout) {
        int small = simulation.random.nextInt(4);
        switch (simulation.random.nextInt(6)) {
            case 0 -> ask(id, new Command.SetCounter(small, Optional.empty()), Sent.FOR_EVER, reply -> { });
            case 1 -> ask(id, new Command.SetCounter(small + 1, Optional.of((long) small)), Sent.FOR_EVER, reply -> { });
            case 2 -> ask(id, new Command.AwaitCounter(small * 3), timeout, reply -> { });
            default -> ask(id, new Command.AddToCounter(small - 1), Sent.FOR_EVER, reply -> { });
        }
    }

    void cell(PrimitiveId id, long timeout) {
        value(id, Payload.NONE, timeout, false);
    }

    void map(PrimitiveId id, long timeout) {
        switch (simulation.random.nextInt(12)) {
            case 0 -> ask(id, new Command.ClearMap(), Sent.FOR_EVER, reply -> { });
            case 1 -> ask(id, new Command.AwaitMap(simulation.random.nextInt(8)), timeout, reply -> { });
            case 2, 3, 4 -> read(id);
            default -> value(id, new Payload(2, ("key" + simulation.random.nextInt(4)).getBytes(StandardCharsets.UTF_8), List.of()), timeout,
                    true);
        }
    }

    private void value(PrimitiveId id, Payload key, long timeout, boolean mayRemove) {
        switch (simulation.random.nextInt(8)) {
            case 0 -> ask(id, new Command.ReadValue(key), Sent.FOR_EVER, reply -> { });
            case 1 -> ask(id, new Command.AwaitValue(key, simulation.random.nextInt(4)), timeout, reply -> { });
            case 2 -> ask(id, new Command.WriteValue(key, payload(id), Command.WriteValue.ANY, simulation.random.nextBoolean()),
                    Sent.FOR_EVER, reply -> { });
            case 3 -> ask(id, new Command.WriteValue(key, payload(id), 0, false), Sent.FOR_EVER, reply -> { });
            case 4 -> {
                if (mayRemove) {
                    ask(id, new Command.WriteValue(key, Payload.NONE, Command.WriteValue.ANY, true), Sent.FOR_EVER, reply -> { });
                } else {
                    update(id, key, timeout);
                }
            }
            default -> update(id, key, timeout);
        }
    }

    /** Reads, and replaces what it read, or waits for the next change. */
    private void update(PrimitiveId id, Payload key, long timeout) {
        var request = new long[1];
        var read = new Command.ReadValue(key);
        request[0] = process.session().operate(0, Sent.FOR_EVER, false, id, read, reply -> {
            simulation.checks.values.told(id, process.owner(), request[0], read, reply);
            replace(id, key, timeout, reply);
        }).number;
    }

    private void replace(PrimitiveId id, Payload key, long timeout, Reply seen) {
        if (!(seen instanceof Reply.Value value) || process.copies(new Resource(id, Resource.WHOLE)) == 0 && !simulation.isNamed(id)) {
            asking.ask(id, new Command.ReadValue(key), Sent.FOR_EVER, reply -> { });
            return;
        }
        if (simulation.chance(25)) {
            ask(id, new Command.AwaitValue(key, value.version()), timeout, reply -> { });
        } else {
            ask(id, new Command.WriteValue(key, payload(id), value.version(), false), Sent.FOR_EVER, reply -> { });
        }
    }

    private Payload payload(PrimitiveId into) {
        return process.value(simulation.newItem(), into);
    }

    // As a whole, in as many parts as it takes.

    private void read(PrimitiveId id) {
        var parts = new ArrayList<Reply.Entries>();
        var request = new long[1];
        request[0] = asking.ask(id, new Command.ReadMap(), Sent.FOR_EVER, reply -> part(id, request[0], parts, reply)).number;
    }

    private void part(PrimitiveId id, long request, List<Reply.Entries> parts, Reply reply) {
        if (!(reply instanceof Reply.Entries part)) {
            return;
        }
        parts.add(part);
        if (part.more()) {
            process.session().operate(0, Sent.FOR_EVER, false, id, new Command.ReadMore(request),
                    next -> part(id, request, parts, next));
        } else {
            simulation.checks.values.read(id, parts);
        }
    }
}
