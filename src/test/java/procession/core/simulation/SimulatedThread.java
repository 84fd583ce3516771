package procession.core.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import procession.core.Command;
import procession.core.Payload;
import procession.core.PrimitiveId;
import procession.core.Refusals;
import procession.core.Reply;
import procession.core.Resource;
import procession.core.Sent;
import procession.core.Spec;

/** A thread of a process with a random program: one call after another, and in the end it gives back what it has. */
final class SimulatedThread {

    private static final long MILLI = Simulation.MILLI;

    private record Grant(PrimitiveId of, boolean lock, long fence, int units) {}

    private final SimulatedProcess process;
    private final Simulation simulation;
    private final long strand;
    private final List<Grant> grants = new ArrayList<>();
    private final List<Checks.Item> unfinished = new ArrayList<>();
    private int stepsLeft;
    private boolean done;

    SimulatedThread(SimulatedProcess process, Simulation simulation, long strand, int steps) {
        this.process = process;
        this.simulation = simulation;
        this.strand = strand;
        this.stepsLeft = steps;
    }

    boolean isDone() {
        return done;
    }

    void hurry() {
        stepsLeft = 0;
    }

    boolean isUsing(PrimitiveId id) {
        return grants.stream().anyMatch(grant -> grant.of().equals(id))
                || unfinished.stream().anyMatch(item -> item.line.primitive().equals(id));
    }

    /** One step of the program; each step sees to it that another follows. */
    void next() {
        if (stepsLeft-- <= 0) {
            wind();
            return;
        }
        int dice = simulation.random.nextInt(100);
        var usable = process.usable();
        if (dice < 4) {
            process.make();
            goOn();
        } else if (dice < 10 && simulation.mayStart()) {
            process.spawn();
            goOn();
        } else if (dice < 20) {
            var held = List.copyOf(process.holdings().keySet());
            if (!held.isEmpty()) {
                process.drop(pick(held));
            }
            goOn();
        } else if (dice < 45 && !grants.isEmpty()) {
            release(pick(grants));
        } else if (dice < 60 && !unfinished.isEmpty()) {
            taskDone(pick(unfinished));
        } else if (usable.isEmpty()) {
            goOn();
        } else {
            use(pick(usable));
        }
    }

    private void goOn() {
        process.later(simulation.millis(simulation.chance(20) ? 400 : 15), this::next);
    }

    private <T> T pick(List<T> from) {
        return from.get(simulation.random.nextInt(from.size()));
    }

    /** Gives back everything, and ends. */
    private void wind() {
        if (!grants.isEmpty()) {
            release(grants.getLast());
        } else if (!unfinished.isEmpty()) {
            taskDone(unfinished.getFirst());
        } else if (!done) {
            done = true;
            process.threadEnded();
        }
    }

    private void use(Resource resource) {
        var id = resource.primitive();
        boolean one = simulation.random.nextBoolean();
        switch (simulation.spec(id)) {
            case Spec.Lock lock -> acquire(id, new Command.AcquireLock(), 1);
            case Spec.Semaphore semaphore when semaphore.permits() > 0 ->
                    acquire(id, new Command.AcquirePermits(one ? 1 : 2), semaphore.permits());
            case Spec.Semaphore signal -> {
                if (one) {
                    ask(id, new Command.ReleasePermits(1, 0), Sent.FOR_EVER, this::expectDone);
                } else {
                    acquire(id, new Command.AcquirePermits(1), 0);
                }
            }
            case Spec.Event event -> {
                switch (simulation.random.nextInt(4)) {
                    case 0 -> ask(id, new Command.SetEvent(), Sent.FOR_EVER, this::expectDone);
                    case 1 -> ask(id, new Command.ClearEvent(), Sent.FOR_EVER, this::expectDone);
                    default -> ask(id, new Command.AwaitEvent(), timeout(), reply -> { });
                }
            }
            case Spec.Queue queue -> useQueue(resource, queue);
            case Spec.Pipe pipe -> usePipe(resource, pipe);
        }
    }

    private void useQueue(Resource line, Spec.Queue queue) {
        int dice = simulation.random.nextInt(10);
        if (queue.joinable() && dice == 0) {
            var before = simulation.checks.confirmedIn(line.primitive());
            ask(line.primitive(), new Command.JoinQueue(), timeout(), reply -> {
                if (reply instanceof Reply.Done) {
                    simulation.checks.joined(before);
                }
            });
        } else if (dice < 5) {
            put(line, payload -> new Command.Put(payload));
        } else {
            get(line, new Command.Get(), queue.joinable());
        }
    }

    private void usePipe(Resource end, Spec.Pipe pipe) {
        boolean sends = pipe.duplex() ? simulation.random.nextBoolean() : end.end() == 2;
        if (sends) {
            put(new Resource(end.primitive(), 3 - end.end()), payload -> new Command.Send(end.end(), payload));
        } else if (simulation.chance(20)) {
            ask(end.primitive(), new Command.Poll(end.end()), timeout(), reply -> { });
        } else {
            get(end, new Command.Receive(end.end()), false);
        }
    }

    private void put(Resource line, Function<Payload, Command> command) {
        long id = simulation.newItem();
        var item = simulation.checks.put(id, line, process.name() + "/" + strand);
        var payload = process.payload(id, line.primitive());
        Consumer<Reply> ended = reply -> {
            if (reply instanceof Reply.Refused(var code, var message) && code.equals(Refusals.BROKEN_PIPE)) {
                simulation.checks.broken(line, process);
            }
            // One that the session gave up for itself has no verdict.
            if (!(reply instanceof Reply.TimedOut(var situation) && situation.equals("the keeper is silent"))) {
                simulation.checks.putEnded(item, reply);
            }
        };
        if (simulation.chance(30)) {
            process.operate(strand, timeout(), false, line.primitive(), command.apply(payload), ended);
            goOn();
        } else {
            ask(line.primitive(), command.apply(payload), timeout(), ended);
        }
    }

    private void get(Resource line, Command command, boolean joinable) {
        var request = new long[1];
        var call = ask(line.primitive(), command, timeout(), reply -> {
            if (reply instanceof Reply.Item(var payload)) {
                var item = simulation.checks.received(SimulatedProcess.idOf(payload), line, process, request[0]);
                if (joinable) {
                    unfinished.add(item);
                }
            } else if (reply instanceof Reply.EndOfStream) {
                simulation.checks.endOfStream(line, process);
            }
        });
        request[0] = call.number;
    }

    /** An item counts as done in the order in which this thread got items from its queue. */
    private void taskDone(Checks.Item any) {
        var item = unfinished.stream().filter(other -> other.line.equals(any.line)).findFirst().orElseThrow();
        unfinished.remove(item);
        item.doneSent = true;
        ask(item.line.primitive(), new Command.TaskDone(), Sent.FOR_EVER, reply -> {
            expectDone(reply);
            item.doneConfirmed = true;
        });
    }

    private void acquire(PrimitiveId id, Command command, int initial) {
        ask(id, command, grants.isEmpty() && unfinished.isEmpty() ? timeout() : 1 + simulation.millis(300), reply -> {
            if (reply instanceof Reply.Granted granted) {
                boolean lock = command instanceof Command.AcquireLock;
                if (lock) {
                    simulation.checks.locked(id, process, granted);
                } else {
                    simulation.checks.took(id, initial, process, granted);
                }
                if (lock || initial > 0) {
                    grants.add(new Grant(id, lock, granted.fence(), granted.units()));
                }
            }
        });
    }

    private void release(Grant grant) {
        grants.remove(grant);
        boolean quiet = simulation.chance(50);
        Command command = grant.lock()
                ? new Command.ReleaseLock(grant.fence())
                : new Command.ReleasePermits(grant.units(), simulation.random.nextBoolean() ? grant.fence() : 0);
        if (grant.lock()) {
            simulation.checks.unlocked(grant.of());
        } else {
            simulation.checks.gave(grant.of(), grant.fence());
        }
        if (quiet) {
            process.operate(strand, Sent.FOR_EVER, true, grant.of(), command, reply -> { });
            goOn();
        } else {
            ask(grant.of(), command, Sent.FOR_EVER, this::expectDone);
        }
    }

    private void expectDone(Reply reply) {
        Checks.that(reply instanceof Reply.Done, "%s expects that to be done, but %s", process, reply);
    }

    /** A call that this thread waits for; sometimes it is withdrawn. */
    private SimulatedProcess.Call ask(PrimitiveId id, Command command, long timeout, Consumer<Reply> then) {
        var call = process.operate(strand, timeout, false, id, command, reply -> {
            then.accept(reply);
            goOn();
        });
        if (simulation.chance(8)) {
            process.later(simulation.millis(500), () -> process.withdraw(call));
        }
        return call;
    }

    private long timeout() {
        return switch (simulation.random.nextInt(10)) {
            case 0, 1 -> 0;
            case 2, 3, 4, 5 -> 1 + simulation.millis(100);
            case 6, 7 -> 1 + simulation.millis(1500);
            case 8 -> 20 * MILLI;
            default -> Sent.FOR_EVER;
        };
    }
}
