package procession.core;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Optional;
import java.util.function.Function;

/**
 * The primitives: their machines, their names, the room and the fences that they share, and who holds handles on them. A primitive without
 * a name is over when nobody does. Mutable, one user.
 */
final class Estate {

    /** Hears what machines say. */
    interface Listener {
        void noted(PrimitiveId from, Kept kept, Note note);

        void answered(PrimitiveId from, Kept kept, Answer answer);
    }

    static final Reply NOT_FOUND = new Reply.Refused(Refusals.NOT_FOUND, "It is not there any more: no process holds it.");

    private final Rules rules;
    private final Function<Spec, Machine<?, ?>> machines;
    private final Roll roll;
    private final Chronicle chronicle;
    private final Listener listener;
    private final Map<PrimitiveId, Kept> primitives = new HashMap<>();
    private final Map<String, PrimitiveId> names = new HashMap<>();
    private final Holders holders = new Holders();
    private final Set<PrimitiveId> starved = new LinkedHashSet<>();
    private long nextNamed = 1;
    private long nextFence = 1;
    private long payloadBytes;
    private boolean relief;
    private long now;

    Estate(Rules rules, Function<Spec, Machine<?, ?>> machines, Roll roll, Chronicle chronicle, Listener listener) {
        this.rules = rules;
        this.machines = machines;
        this.roll = roll;
        this.chronicle = chronicle;
        this.listener = listener;
    }

    void begin(long time) {
        now = time;
    }

    /** The primitive of an id; null if there is none. */
    Kept kept(PrimitiveId id) {
        return primitives.get(id);
    }

    boolean has(PrimitiveId id) {
        return primitives.containsKey(id);
    }

    Map<PrimitiveId, Kept> all() {
        return primitives;
    }

    int size() {
        return primitives.size();
    }

    long payloadBytes() {
        return payloadBytes;
    }

    Holders holders() {
        return holders;
    }

    // How they come.

    void create(Owner owner, Request.Create create) {
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

    /** Finds a primitive by its name, or makes it. */
    Reply opened(Owner owner, Request.Open open) {
        var id = names.get(open.name());
        if (id == null && !open.create()) {
            return new Reply.Refused(Refusals.NOT_FOUND,
                    "There is no " + open.spec().kind() + " named '" + open.name() + "'; give " + open.spec().needs() + " to make one.");
        }
        if (id == null) {
            id = new PrimitiveId(0, nextNamed++);
            names.put(open.name(), id);
            primitives.put(id, new Kept(open.spec(), Optional.of(open.name()), machines.apply(open.spec())));
            chronicle.made(id, Optional.of(open.name()), open.spec(), owner);
        }
        var spec = primitives.get(id).spec;
        boolean fits = open.create() ? spec.equals(open.spec()) : spec.isLike(open.spec());
        return fits ? new Reply.Opened(id, spec) : new Reply.Refused(Refusals.NAME_TAKEN,
                "'" + open.name() + "' is " + spec + ", not " + open.spec() + ".");
    }

    // What they do.

    Allowance allowance() {
        return allowance("");
    }

    Allowance allowance(String who) {
        return new Allowance(nextFence, rules.payloadBudget() - payloadBytes, now, who);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    void step(PrimitiveId target, Function<Machine<?, Command>, Step<?>> input) {
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
        tell(target, kept, step);
        step.settlements().forEach(this::settle);
    }

    /** Most notes come before the answers; those of items that cross in batches where the items do. */
    private void tell(PrimitiveId target, Kept kept, Step<?> step) {
        int told = 0;
        for (var note : step.notes()) {
            for (; told < note.behind(); told++) {
                answered(target, kept, step.answers().get(told));
            }
            listener.noted(target, kept, note);
        }
        for (; told < step.answers().size(); told++) {
            answered(target, kept, step.answers().get(told));
        }
    }

    private void answered(PrimitiveId from, Kept kept, Answer answer) {
        nextFence = Math.max(nextFence, fence(answer.reply()) + 1);
        listener.answered(from, kept, answer);
    }

    /** A re-entry repeats a fence that is out already. */
    private static long fence(Reply reply) {
        return switch (reply) {
            case Reply.Granted granted -> Math.max(granted.fence(), granted.lentUntil() - 1);
            case Reply.Resumed resumed -> resumed.fence();
            default -> 0;
        };
    }

    /** Lets those put who waited for room, when there is more of it. */
    void relieve() {
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

    // Who holds handles on them.

    void holdInTransit(Payload payload) {
        holders.holdInTransit(payload);
    }

    void drop(Owner owner, Request.Drop drop) {
        if (holders.drop(drop.resource(), owner, drop.copies())) {
            over(List.of(drop.resource()));
        }
    }

    void dropAll(Owner owner) {
        over(holders.dropAll(owner));
    }

    /** A payload that was in transit has reached a process. */
    void adopt(Owner owner, Payload payload) {
        holders.adopt(owner, payload);
        release(payload);
    }

    /** A payload is no longer in transit. */
    void release(Payload payload) {
        if (!payload.carried().isEmpty()) {
            over(holders.dropInTransit(payload));
        }
    }

    private void settle(Settlement settlement) {
        switch (settlement) {
            case Settlement.Adopted adopted -> {
                if (roll.has(adopted.by())) {
                    holders.adopt(adopted.by(), adopted.payload());
                }
            }
            case Settlement.Copied copied -> {
                if (roll.has(copied.to().owner())) {
                    holders.holdInTransit(copied.payload());
                    roll.session(copied.to().owner()).loose.put(copied.to().id(), copied.payload());
                }
            }
            case Settlement.Discarded discarded -> release(discarded.payload());
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
        view.waiting().forEach(ticket -> listener.answered(id, kept, new Answer(ticket, NOT_FOUND)));
        view.sleeping().forEach(ticket -> listener.answered(id, kept, new Answer(ticket, NOT_FOUND)));
        kept.machine.underWay().forEach(this::strand);
        roll.all().forEach(session -> session.touched.remove(id));
        starved.remove(id);
        payloadBytes -= kept.machine.bytes();
        relief = true;
    }

    /** Whoever took this last item may have let go of the queue at once: the item is on its way to it all the same. */
    private void strand(Ticket ticket, Payload payload) {
        var session = roll.session(ticket.owner());
        if (session == null) {
            release(payload);
        } else {
            session.loose.put(ticket.id(), payload);
        }
    }
}
