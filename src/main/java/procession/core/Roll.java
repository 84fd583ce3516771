package procession.core;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who takes part: the sessions, whose end nobody reports, who has joined from outside, and who has departed. Mutable, one user. */
final class Roll {

    private final Map<Owner, Session> sessions = new LinkedHashMap<>();
    private final Map<Owner, Member> unattended = new LinkedHashMap<>();
    private final Set<Long> everJoined = new HashSet<>();
    private final List<Member> departed = new ArrayList<>();
    private long nextOwner = 1;

    /** A number that nobody has had. */
    Owner nextOwner() {
        return new Owner(nextOwner++);
    }

    /** The session of a process; null if it does not take part. */
    Session session(Owner owner) {
        return sessions.get(owner);
    }

    boolean has(Owner owner) {
        return sessions.containsKey(owner);
    }

    Collection<Session> all() {
        return sessions.values();
    }

    List<Member> members() {
        return sessions.values().stream().map(session -> session.member).toList();
    }

    /** Whether one that joins from outside has not done so before: it does only once, whatever repeats its hello. */
    boolean mayJoin(Hello hello) {
        return everJoined.add(hello.child());
    }

    Session admit(Owner owner, Hello hello) {
        var session = new Session(new Member(owner, hello));
        sessions.put(owner, session);
        if (hello.isJoining()) {
            unattended.put(owner, session.member);
        }
        return session;
    }

    /** The session of one that does not take part any more; null if it did not. */
    Session depart(Owner owner) {
        var session = sessions.remove(owner);
        if (session != null) {
            unattended.remove(owner);
            departed.add(session.member);
        }
        return session;
    }

    /** Its parent is gone, and will not see its end. */
    void orphaned(Owner owner) {
        unattended.put(owner, sessions.get(owner).member);
    }

    boolean hasUnattended() {
        return !unattended.isEmpty();
    }

    Collection<Member> unattended() {
        return List.copyOf(unattended.values());
    }

    /** Their parent is another process than the main one. */
    List<Member> distant() {
        return members().stream().filter(member -> {
            var parent = sessions.get(new Owner(member.hello().parent()));
            return parent != null && !parent.member.hello().isMain();
        }).toList();
    }

    List<Member> takeDeparted() {
        if (departed.isEmpty()) {
            return List.of();
        }
        var taken = List.copyOf(departed);
        departed.clear();
        return taken;
    }

    /** The member that said this hello, while it takes part. */
    Optional<Member> find(Hello hello) {
        if (hello.parent() == 0) {
            return members().stream().filter(member -> isSame(member.hello(), hello)).findFirst();
        }
        var parent = sessions.get(new Owner(hello.parent()));
        return parent == null
                ? unattended.values().stream().filter(member -> isSame(member.hello(), hello)).findFirst()
                : Optional.ofNullable(parent.children.get(hello.child()))
                        .filter(child -> child.admitted)
                        .map(child -> sessions.get(child.owner))
                        .map(session -> session.member);
    }

    private static boolean isSame(Hello one, Hello other) {
        return one.parent() == other.parent() && one.child() == other.child();
    }

    // For people.

    String label(Owner owner) {
        var session = sessions.get(owner);
        return session == null ? "a process that has ended" : session.member.label();
    }

    String name(Owner owner) {
        var session = sessions.get(owner);
        return session == null ? "" : session.member.hello().name();
    }

    /** Since when somebody waits for an answer, in nanoseconds. */
    long askedAt(Ticket ticket) {
        return sessions.get(ticket.owner()).open.get(ticket.id()).since();
    }
}
