package procession.core.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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

    /** A lock, a read-write lock, or permits of a semaphore, of this thread; whether it is a lock, which has conditions. */
    private record Grant(PrimitiveId of, boolean lock, long fence, int units) {}

    /** An item that this thread got and has not done. */
    private record Unfinished(ItemChecks.Item item, long request) {}

    private final SimulatedProcess process;
    private final Simulation simulation;
    private final Checks checks;
    private final long strand;
    private final List<Grant> grants = new ArrayList<>();
    private final List<Unfinished> unfinished = new ArrayList<>();
    private final ValueUse values;
    private PrimitiveId actsAt;
    private PrimitiveId again;
    private int stepsLeft;
    private boolean done;

    SimulatedThread(SimulatedProcess process, Simulation simulation, long strand, int steps) {
        this.process = process;
        this.simulation = simulation;
        this.checks = simulation.checks;
        this.strand = strand;
        this.stepsLeft = steps;
        this.values = new ValueUse(process, simulation, this::ask);
    }

    boolean isDone() {
        return done;
    }

    void hurry() {
        stepsLeft = 0;
    }

    boolean isUsing(PrimitiveId id) {
        return grants.stream().anyMatch(grant -> grant.of().equals(id))
                || unfinished.stream().anyMatch(got -> got.item().line.primitive().equals(id))
                || id.equals(actsAt);
    }

    /** One step of the program; each step sees to it that another follows. */
    void next() {
        if (stepsLeft-- <= 0) {
            wind();
            return;
        }
        if (again != null && simulation.chance(60)) {
            acquireAgain();
            return;
        }
        int dice = simulation.random.nextInt(100);
        var usable = process.usable();
        if (dice > 94) {
            waitAny(usable);
            return;
        }
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
        } else if (dice < 40 && !grants.isEmpty()) {
            release(pick(grants));
        } else if (dice < 50 && !grants.isEmpty()) {
            useHeld(pick(grants));
        } else if (dice < 60 && !unfinished.isEmpty()) {
            taskDone(pick(unfinished));
        } else if (usable.isEmpty()) {
            goOn();
        } else {
            use(pick(usable));
        }
    }

    /** A lock that has just been released is often wanted again: one of those that may be lent. */
    private void acquireAgain() {
        var lock = again;
        again = null;
        if (process.copies(new Resource(lock, Resource.WHOLE)) > 0 || simulation.isNamed(lock)) {
            acquireLock(lock, ((Spec.Lock) simulation.spec(lock)).reentrant());
        } else {
            goOn();
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
        switch (simulation.spec(id)) {
            case Spec.Lock lock -> {
                if (simulation.chance(2)) {
                    ask(id, new Command.BreakLock("", ""), Sent.FOR_EVER, reply -> { });
                } else {
                    acquireLock(id, lock.reentrant());
                }
            }
            case Spec.Semaphore semaphore -> useSemaphore(id, semaphore);
            case Spec.Event event -> {
                switch (simulation.random.nextInt(4)) {
                    case 0 -> ask(id, new Command.SetEvent(), Sent.FOR_EVER, this::expectDone);
                    case 1 -> ask(id, new Command.ClearEvent(), Sent.FOR_EVER, this::expectDone);
                    default -> ask(id, new Command.AwaitEvent(), timeout(), reply -> { });
                }
            }
            case Spec.Barrier barrier -> useBarrier(id);
            case Spec.Latch latch -> {
                if (simulation.chance(25)) {
                    ask(id, new Command.CountDown(1 + simulation.random.nextInt(2)), Sent.FOR_EVER, this::expectDone);
                } else {
                    ask(id, new Command.AwaitLatch(), timeout(), reply -> { });
                }
            }
            case Spec.ReadWriteLock lock -> acquireReadWrite(id, simulation.chance(40));
            case Spec.Queue queue -> useQueue(resource, queue);
            case Spec.Pipe pipe -> usePipe(resource, pipe);
            case Spec.Counter counter -> values.counter(id, timeout());
            case Spec.Cell cell -> values.cell(id, timeout());
            case Spec.SharedMap map -> values.map(id, timeout());
        }
    }

    // Locks and their conditions.

    private void acquireLock(PrimitiveId id, boolean reentrant) {
        boolean mine = grants.stream().anyMatch(grant -> grant.of().equals(id));
        if (mine && !reentrant && simulation.chance(80)) {
            goOn(); // To wait for oneself is a mistake that few make.
            return;
        }
        var lent = process.session().acquireLent(strand, id, reentrant);
        if (lent != null) {
            acquired(id, lent);
            goOn();
            return;
        }
        ask(id, new Command.AcquireLock(), shortIfHolding(), reply -> {
            if (reply instanceof Reply.Granted granted) {
                acquired(id, granted);
            }
        });
    }

    private void acquireReadWrite(PrimitiveId id, boolean writes) {
        if (grants.stream().anyMatch(grant -> grant.of().equals(id)) && simulation.chance(80)) {
            goOn(); // As with locks.
            return;
        }
        ask(id, Command.AcquireReadWrite.to(writes), shortIfHolding(), reply -> {
            if (reply instanceof Reply.Granted granted) {
                checks.readWriteLocks.granted(id, process, granted.fence(), writes, granted.abandoned());
                grants.add(new Grant(id, false, granted.fence(), 1));
            }
        });
    }

    private void acquired(PrimitiveId id, Reply.Granted granted) {
        checks.locks.granted(id, process, strand, granted.fence(), granted.abandoned());
        grants.add(new Grant(id, true, granted.fence(), 1));
    }

    /** Who holds something waits for more only a while, or all would soon stand still; but for ever now and then, so that some do. */
    private long shortIfHolding() {
        boolean free = grants.isEmpty() && unfinished.isEmpty();
        return simulation.isReckless() && simulation.chance(30) ? Sent.FOR_EVER : free ? timeout() : 1 + simulation.millis(300);
    }

    private void useHeld(Grant grant) {
        if (!grant.lock()) {
            release(grant);
            return;
        }
        var condition = simulation.random.nextBoolean() ? "full" : "empty";
        if (simulation.chance(50)) {
            awaitCondition(grant, condition);
        } else {
            var call = ask(grant.of(), new Command.Signal(condition, grant.fence(), 1 + simulation.random.nextInt(3)), Sent.FOR_EVER,
                    reply -> holderMay(grant, reply, reply instanceof Reply.Done));
            checks.locks.signalSent(process, call.number, condition);
        }
    }

    private void holderMay(Grant grant, Reply reply, boolean did) {
        Law.HOLDER_MAY.holds(did || checks.locks.wasBroken(grant.fence()), "%s holds %s, but %s", process, grant, reply);
    }

    private void awaitCondition(Grant grant, String condition) {
        var id = grant.of();
        int before = grants.size();
        grants.removeIf(held -> held.of().equals(id) && held.fence() == grant.fence());
        int depth = before - grants.size();
        checks.locks.gaveUp(id, grant.fence());
        ask(id, new Command.AwaitCondition(condition, grant.fence(), depth), timeout(), reply -> {
            if (reply instanceof Reply.Resumed resumed) {
                checks.locks.resumed(id, process, strand, resumed.fence(), resumed.depth(), resumed.abandoned());
                for (int level = 0; level < resumed.depth(); level++) {
                    grants.add(new Grant(id, true, resumed.fence(), 1));
                }
            } else if (reply instanceof Reply.Refused) {
                holderMay(grant, reply, false);
            }
        });
    }

    private void release(Grant grant) {
        grants.remove(grant);
        boolean readWrite = simulation.spec(grant.of()) instanceof Spec.ReadWriteLock;
        Command command = grant.lock() ? new Command.ReleaseLock(grant.fence())
                : readWrite ? new Command.ReleaseReadWrite(grant.fence())
                : new Command.ReleasePermits(grant.units(), simulation.random.nextBoolean() ? grant.fence() : 0, true);
        if (grant.lock()) {
            checks.locks.released(grant.of(), grant.fence());
            again = grant.of();
            if (process.session().releaseLent(strand, grant.of(), grant.fence())) {
                goOn();
                return;
            }
        } else if (readWrite) {
            checks.readWriteLocks.released(grant.of(), grant.fence());
        } else {
            checks.semaphores.gave(grant.of(), grant.fence());
        }
        if (simulation.chance(50)) {
            process.session().operate(strand, Sent.FOR_EVER, true, grant.of(), command, reply -> { });
            goOn();
        } else {
            ask(grant.of(), command, Sent.FOR_EVER, reply -> holderMay(grant, reply, reply instanceof Reply.Done));
        }
    }

    // Semaphores.

    private void useSemaphore(PrimitiveId id, Spec.Semaphore semaphore) {
        boolean one = simulation.random.nextBoolean();
        if (SemaphoreChecks.isPool(semaphore)) {
            ask(id, new Command.AcquirePermits(one ? 1 : 2, true), shortIfHolding(), reply -> {
                if (reply instanceof Reply.Granted granted) {
                    checks.semaphores.took(id, semaphore, process, granted);
                    grants.add(new Grant(id, false, granted.fence(), granted.units()));
                }
            });
        } else if (simulation.random.nextBoolean()) {
            ask(id, new Command.ReleasePermits(1, 0, one), Sent.FOR_EVER, reply -> {
                if (!semaphore.bounded()) {
                    expectDone(reply);
                }
            });
        } else {
            // Of a bounded one, what is owed comes back by the death of this process, or is written off by a signal.
            ask(id, new Command.AcquirePermits(1, one), timeout(), reply -> { });
        }
    }

    // Barriers.

    private void useBarrier(PrimitiveId id) {
        if (simulation.chance(12)) {
            ask(id, new Command.ResetBarrier(""), Sent.FOR_EVER, this::expectDone);
        } else if (simulation.chance(3)) {
            ask(id, new Command.AbortBarrier(""), Sent.FOR_EVER, this::expectDone);
        } else {
            awaitBarrier(id);
        }
    }

    private void awaitBarrier(PrimitiveId id) {
        var number = new long[1];
        var call = process.session().operate(strand, timeout(), false, id, new Command.AwaitBarrier(simulation.chance(30)), reply -> {
            if (reply instanceof Reply.Act) {
                actsAt = id;
                process.later(simulation.millis(200), () -> endAction(id, number[0]));
            } else {
                goOn();
            }
        });
        number[0] = call.number;
        maybeWithdraw(call);
    }

    private void endAction(PrimitiveId id, long request) {
        Optional<String> error = simulation.chance(10) ? Optional.of("it failed") : Optional.empty();
        ask(id, new Command.ActionEnded(request, error), Sent.FOR_EVER, reply -> { });
        actsAt = null;
    }

    // Queues and pipes.

    private void useQueue(Resource line, Spec.Queue queue) {
        var id = line.primitive();
        int dice = simulation.random.nextInt(100);
        if (dice < 2 && !simulation.isNamed(id)) {
            checks.items.mayBeShut(id);
            ask(id, new Command.ShutDown(), Sent.FOR_EVER, this::expectDone);
        } else if (dice < 4 && !simulation.isNamed(id)) {
            var producers = process.someProducers();
            checks.items.mayBeShut(id);
            ask(id, new Command.CloseWhenGone(List.copyOf(producers.keySet()), List.of()), Sent.FOR_EVER, reply -> {
                expectDone(reply);
                checks.items.producersNamed(id, List.copyOf(producers.values()));
            });
        } else if (queue.joinable() && dice < 10) {
            var before = checks.items.confirmedIn(id);
            ask(id, new Command.JoinQueue(), timeout(), reply -> {
                if (reply instanceof Reply.Done) {
                    checks.items.joined(before);
                }
            });
        } else if (queue.joinable() && dice < 14) {
            readLetter(line);
        } else if (dice < 22) {
            putAll(line, Command.PutAll::new);
        } else if (dice < 50) {
            put(line, payload -> new Command.Put(payload));
        } else if (dice < 65) {
            getSome(line, new Command.GetSome(1 + simulation.random.nextInt(4)), queue.joinable());
        } else if (dice < 72) {
            ask(id, new Command.PollQueue(), timeout(), reply -> { });
        } else {
            get(line, new Command.Get(), queue.joinable());
        }
    }

    /** Waits on some things at once: when one has its answer, the others are withdrawn, and each has its verdict. */
    private void waitAny(List<Resource> usable) {
        var some = usable.stream().filter(resource -> polling(resource).isPresent()).filter(resource -> simulation.chance(60)).toList();
        var open = new ArrayList<SimulatedSession.Call>();
        long timeout = timeout();
        for (var resource : some) {
            var own = new SimulatedSession.Call[1];
            own[0] = process.session().operate(0, timeout, false, resource.primitive(), polling(resource).orElseThrow(), reply -> {
                open.remove(own[0]);
                if (open.isEmpty()) {
                    goOn();
                }
                List.copyOf(open).forEach(process.session()::withdraw);
            });
            open.add(own[0]);
        }
        if (some.isEmpty()) {
            goOn();
        }
    }

    private Optional<Command> polling(Resource resource) {
        return switch (simulation.spec(resource.primitive())) {
            case Spec.Event event -> Optional.of(new Command.AwaitEvent());
            case Spec.Queue queue -> Optional.of(new Command.PollQueue());
            case Spec.Pipe pipe when pipe.duplex() || resource.end() == 1 -> Optional.of(new Command.Poll(resource.end()));
            default -> Optional.empty();
        };
    }

    private void readLetter(Resource line) {
        ask(line.primitive(), new Command.ReadDeadLetter(0), Sent.FOR_EVER, reply -> {
            if (reply instanceof Reply.DeadLetter letter) {
                long id = SimulatedProcess.idOf(letter.payload());
                checks.items.letterRead(id, line, letter.deliveries());
                if (simulation.random.nextBoolean()) {
                    checks.items.letterRemoved(id, false);
                    process.session().operate(strand, Sent.FOR_EVER, false, line.primitive(),
                            new Command.RemoveDeadLetter(letter.number()), gone -> checks.items.letterRemoved(id, true));
                }
            }
        });
    }

    private void usePipe(Resource end, Spec.Pipe pipe) {
        boolean sends = pipe.duplex() ? simulation.random.nextBoolean() : end.end() == 2;
        if (sends && simulation.chance(25)) {
            putAll(new Resource(end.primitive(), 3 - end.end()), payloads -> new Command.SendAll(end.end(), payloads));
        } else if (sends) {
            put(new Resource(end.primitive(), 3 - end.end()), payload -> new Command.Send(end.end(), payload));
        } else if (simulation.chance(20)) {
            ask(end.primitive(), new Command.Poll(end.end()), timeout(), reply -> { });
        } else if (simulation.chance(25)) {
            getSome(end, new Command.ReceiveSome(end.end(), 1 + simulation.random.nextInt(4)), false);
        } else {
            get(end, new Command.Receive(end.end()), false);
        }
    }

    private void put(Resource line, Function<Payload, Command> command) {
        long id = simulation.newItem();
        var item = checks.items.item(id, line, process.name() + "/" + strand);
        var payload = process.payload(id, line.primitive());
        Consumer<Reply> ended = reply -> {
            if (reply instanceof Reply.Refused(var code, var message) && code.equals(Refusals.BROKEN_PIPE)) {
                checks.items.broken(line, process);
            }
            if (reply != SimulatedSession.GAVE_UP) {
                checks.items.putEnded(item, reply);
            }
        };
        SimulatedSession.Call call;
        if (simulation.chance(30)) {
            call = process.session().operate(strand, timeout(), false, line.primitive(), command.apply(payload), ended);
            goOn();
        } else {
            call = ask(line.primitive(), command.apply(payload), timeout(), ended);
        }
        checks.items.put(item, process, call.number);
    }

    /** As a window does: it is never withdrawn, and mostly not waited for. */
    private void putAll(Resource line, Function<List<Payload>, Command> command) {
        var batch = new ArrayList<ItemChecks.Item>();
        var payloads = new ArrayList<Payload>();
        for (int left = 1 + simulation.random.nextInt(4); left > 0; left--) {
            long id = simulation.newItem();
            batch.add(checks.items.item(id, line, process.name() + "/" + strand));
            payloads.add(process.payload(id, line.primitive()));
        }
        boolean waits = simulation.chance(30);
        var request = new long[1];
        request[0] = process.session().operate(strand, Sent.FOR_EVER, false, line.primitive(), command.apply(payloads), reply -> {
            if (reply instanceof Reply.Refused(var code, var message) && code.equals(Refusals.BROKEN_PIPE)) {
                checks.items.broken(line, process);
            }
            checks.items.batchEnded(batch, process, request[0], reply);
            if (waits) {
                goOn();
            }
        }).number;
        batch.forEach(item -> checks.items.put(item, process, request[0]));
        if (!waits) {
            goOn();
        }
    }

    private void getSome(Resource line, Command command, boolean joinable) {
        var request = new long[1];
        request[0] = ask(line.primitive(), command, timeout(), reply -> {
            if (reply instanceof Reply.Items some) {
                consume(line, request[0], some.items(), 0, joinable);
            } else if (reply instanceof Reply.EndOfStream) {
                checks.items.endOfStream(line, process);
            }
        }).number;
    }

    /** As a window does: takes some, tells the keeper, and sooner or later takes more or gives the rest back. */
    private void consume(Resource line, long request, List<Reply.Item> items, int from, boolean joinable) {
        boolean isOpen = !done && process.copies(line) > 0;
        int to = isOpen ? from + simulation.random.nextInt(items.size() - from + 1) : from;
        for (var one : items.subList(from, to)) {
            process.adopt(one.payload().carried());
            var item = checks.items.received(SimulatedProcess.idOf(one.payload()), line, process, request, one.redelivered());
            if (joinable) {
                unfinished.add(new Unfinished(item, request));
            }
        }
        if (to > from) {
            process.session().operate(0, Sent.FOR_EVER, true, line.primitive(), new Command.Consumed(request, to), reply -> { });
        }
        if (isOpen && to < items.size() && simulation.random.nextBoolean()) {
            process.later(simulation.millis(100), () -> consume(line, request, items, to, joinable));
        } else if (to < items.size() || simulation.random.nextBoolean()) {
            process.session().operate(0, Sent.FOR_EVER, true, line.primitive(), new Command.GiveBack(request), reply -> { });
        }
    }

    private void get(Resource line, Command command, boolean joinable) {
        var request = new long[1];
        var call = ask(line.primitive(), command, timeout(), reply -> {
            if (reply instanceof Reply.Item(var payload, var redelivered)) {
                var item = checks.items.received(SimulatedProcess.idOf(payload), line, process, request[0], redelivered);
                if (joinable) {
                    unfinished.add(new Unfinished(item, request[0]));
                }
            } else if (reply instanceof Reply.EndOfStream) {
                checks.items.endOfStream(line, process);
            }
        });
        request[0] = call.number;
    }

    /** An item counts as done by its name or, without one, in the order in which this thread got items from its queue. */
    private void taskDone(Unfinished any) {
        boolean named = simulation.random.nextBoolean();
        // Of those that came together it is the first one that counts; without a name, those that were asked for first.
        var got = unfinished.stream().filter(other -> other.item().line.equals(any.item().line))
                .filter(other -> !named || other.request() == any.request())
                .min(Comparator.comparingLong(Unfinished::request)).orElseThrow();
        var item = got.item();
        unfinished.remove(got);
        item.doneSent = true;
        ask(item.line.primitive(), new Command.TaskDone(named ? got.request() : 0), Sent.FOR_EVER, reply -> {
            expectDone(reply);
            item.doneConfirmed = true;
        });
    }

    private void expectDone(Reply reply) {
        Law.QUIET_IS_DONE.holds(reply instanceof Reply.Done, "%s expects that to be done, but %s", process, reply);
    }

    /** A call that this thread waits for; sometimes it is withdrawn. */
    private SimulatedSession.Call ask(PrimitiveId id, Command command, long timeout, Consumer<Reply> then) {
        var call = process.session().operate(strand, timeout, false, id, command, reply -> {
            then.accept(reply);
            goOn();
        });
        maybeWithdraw(call);
        return call;
    }

    private void maybeWithdraw(SimulatedSession.Call call) {
        if (simulation.chance(8)) {
            process.later(simulation.millis(500), () -> process.session().withdraw(call));
        }
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
