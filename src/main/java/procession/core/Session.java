package procession.core;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What the keeper knows of one process: its link, its requests that wait, what it touched, and its children. */
final class Session {

    /** A request that has not been answered. */
    record Open(Ticket ticket, PrimitiveId target, Command command, boolean quiet, long deadline) {}

    /** An item on its way, until its answer's acknowledgement settles. */
    record InFlight(long answer, Ticket ticket, PrimitiveId target) {}

    /** A child that was announced. */
    static final class Child {
        final String name;
        Payload arguments;
        Owner owner;
        Payload report = Payload.NONE;
        boolean ended;

        Child(String name, Payload arguments) {
            this.name = name;
            this.arguments = arguments;
        }
    }

    final Member member;
    final Link<Answered, Sent> link = new Link<>();
    final Map<Long, Open> open = new HashMap<>();
    final ArrayDeque<InFlight> inFlight = new ArrayDeque<>();
    final Set<PrimitiveId> touched = new LinkedHashSet<>();
    final Map<Long, Child> children = new HashMap<>();
    /** Items on their way with handles in them, by request, of primitives that are over. */
    final Map<Long, Payload> stranded = new HashMap<>();
    Payload report = Payload.NONE;

    Session(Member member) {
        this.member = member;
    }
}
