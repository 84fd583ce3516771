package procession.core;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What the keeper knows of one process: its link, its requests that wait, what it touched, and its children. */
final class Session {

    /** A request that has not been answered: what it asks, until when it may wait, and when it was asked. */
    record Open(Ticket ticket, PrimitiveId target, Command command, boolean quiet, long deadline, long since) {}

    /** An item on its way, until its answer's acknowledgement settles. */
    record InFlight(long answer, Ticket ticket, PrimitiveId target) {}

    /**
     * A child that was announced. It has its number from then on, and takes part when it has said hello. When its parent has told of its end
     * it is forgotten.
     */
    static final class Child {
        final String name;
        final Owner owner;
        Payload arguments;
        Payload report = Payload.NONE;
        boolean admitted;
        /** Primitives that want to hear of its end, should it never say hello. */
        final Set<PrimitiveId> awaitedBy = new LinkedHashSet<>();

        Child(String name, Owner owner, Payload arguments) {
            this.name = name;
            this.owner = owner;
            this.arguments = arguments;
        }
    }

    final Member member;
    final Link<Answered, Sent> link = new Link<>();
    final Map<Long, Open> open = new HashMap<>();
    final ArrayDeque<InFlight> inFlight = new ArrayDeque<>();
    final Set<PrimitiveId> touched = new LinkedHashSet<>();
    final Map<Long, Child> children = new HashMap<>();
    /**
     * Payloads on their way with handles in them that no machine has in custody, by request: copies, and items of primitives that are
     * over.
     */
    final Map<Long, Payload> loose = new HashMap<>();
    Payload report = Payload.NONE;

    Session(Member member) {
        this.member = member;
    }
}
