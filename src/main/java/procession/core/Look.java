package procession.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Everything that a keeper keeps, as it was at one moment: who takes part, and all primitives. Taking it costs the keeper a copy of what
 * its maps have in them, as machines are immutable; what follows from that is worked out by whoever reads it, on a thread of its own.
 *
 * <p>Immutable.
 */
public final class Look {

    /** So many waits and so many holds of a process are told, and so many deadlocks' waits; all are counted. */
    public static final int MOST = Snapshot.MOST;

    private static final Comparator<Thing> BY_NUMBER = Comparator.<Thing>comparingLong(thing -> thing.id().maker())
            .thenComparingLong(thing -> thing.id().number());

    /**
     * A primitive, without what changes.
     *
     * @param id its number
     * @param name its name, if it has one
     * @param spec what it is
     */
    public record Thing(PrimitiveId id, Optional<String> name, Spec spec) {

        /**
         * What it is called in sentences.
         *
         * @return its kind, and its name or number
         */
        public String label() {
            return spec.kind() + " " + name.map(given -> "'" + given + "'").orElse(id.toString());
        }
    }

    /**
     * A primitive as it was.
     *
     * @param thing which
     * @param snapshot who held it, who waited for it, and what there was to count
     * @param oldestWait since when the one waits who has waited longest, in nanoseconds; empty if nobody does
     */
    public record Primitive(Thing thing, Snapshot snapshot, Optional<Long> oldestWait) {}

    /**
     * A process that takes part, or has been announced.
     *
     * @param owner its number
     * @param name its name
     * @param pid its pid; 0 while it has not come
     * @param startToken tells it from a later process of the same pid
     * @param parent number of the process that started it; 0 for none
     * @param starting whether it has been announced and has not come yet
     * @param joined whether it has joined from outside
     * @param waits what it waits for, oldest first; at most {@link #MOST}
     * @param holds what it has, oldest first; at most {@link #MOST}
     * @param allWaits how many waits there are
     * @param allHolds how many holds there are
     */
    public record Process(long owner, String name, long pid, String startToken, long parent, boolean starting, boolean joined,
            List<Wait> waits, List<Hold> holds, int allWaits, int allHolds) {}

    /**
     * A wait of a process.
     *
     * @param thing what for
     * @param wants what it wants of it, in words
     * @param strand the thread; 0 if there is none
     * @param since since when, in nanoseconds
     */
    public record Wait(Thing thing, String wants, long strand, long since) {}

    /**
     * Something that a process has of a primitive.
     *
     * @param thing of which
     * @param hold what
     * @param how in which way
     */
    public record Hold(Thing thing, View.Hold hold, How how) {}

    /** In which way a process has something. */
    public enum How {
        /** A lock. */
        HELD,
        /** A lock that is lent: it may have it without asking, and may have it now. */
        LENT,
        /** A read-write lock, as a reader. */
        READ,
        /** A read-write lock, as its writer. */
        WRITTEN,
        /** Permits. */
        OWED,
        /** Items that are on their way to it, or that it has not done. */
        TAKEN;

        /**
         * In which way a primitive is had.
         *
         * @param spec what it is
         * @param units how many of it; 0 if it is lent
         * @param writers how many write, where some read and some write
         * @return the way
         */
        public static How of(Spec spec, int units, long writers) {
            return switch (spec) {
                case Spec.Semaphore semaphore -> OWED;
                case Spec.Queue queue -> TAKEN;
                case Spec.ReadWriteLock lock -> writers > 0 ? WRITTEN : READ;
                default -> units == 0 ? LENT : HELD;
            };
        }
    }

    private record Seen(Thing thing, Machine<?, ?> machine) {}

    private record Child(Owner owner, Owner parent, String name) {}

    private final List<Member> members = new ArrayList<>();
    private final List<Child> announced = new ArrayList<>();
    private final Map<Ticket, Session.Open> open = new HashMap<>();
    private final Map<PrimitiveId, Seen> primitives;
    private final Map<Owner, Hello> hellos = new HashMap<>();
    private final List<Deadlock> deadlocks;
    private final Looking looking = new Looking(hellos::get, open::get);
    private final long at;

    Look(Roll roll, Map<PrimitiveId, Kept> kept, List<Deadlock> deadlocks, long at) {
        this.primitives = new HashMap<>(kept.size() * 2);
        this.deadlocks = deadlocks;
        this.at = at;
        kept.forEach((id, one) -> primitives.put(id, new Seen(new Thing(id, one.name, one.spec), one.machine)));
        for (var session : roll.all()) {
            members.add(session.member);
            hellos.put(session.member.owner(), session.member.hello());
            session.open.values().forEach(each -> open.put(each.ticket(), each));
            session.children.values().stream().filter(child -> !child.admitted)
                    .forEach(child -> announced.add(new Child(child.owner, session.member.owner(), child.name)));
        }
    }

    /**
     * When that was.
     *
     * @return the time in nanoseconds, by the clock that all JVMs of a host share
     */
    public long at() {
        return at;
    }

    /**
     * The cycles of waits that stood.
     *
     * @return the deadlocks, oldest first
     */
    public List<Deadlock> deadlocks() {
        return deadlocks;
    }

    /**
     * How many primitives there were.
     *
     * @return the number
     */
    public int size() {
        return primitives.size();
    }

    /**
     * Who took part, and who was about to.
     *
     * @return the processes, in the order of their numbers
     */
    public List<Process> processes() {
        var waits = new HashMap<Owner, List<Wait>>();
        open.values().stream().sorted(Comparator.comparingLong(Session.Open::since)).filter(each -> primitives.containsKey(each.target()))
                .forEach(each -> waits.computeIfAbsent(each.ticket().owner(), owner -> new ArrayList<>())
                        .add(new Wait(primitives.get(each.target()).thing(), Situation.wants(each.command()), each.ticket().strand(),
                                each.since())));
        var holds = new HashMap<Owner, List<Hold>>();
        primitives.values().forEach(seen -> addHolds(holds, seen));
        holds.values().forEach(list -> list.sort(Comparator.comparingLong(hold -> hold.hold().since())));
        return Stream.concat(
                members.stream().map(member -> process(member, waits.getOrDefault(member.owner(), List.of()),
                        holds.getOrDefault(member.owner(), List.of()))),
                announced.stream().map(child -> new Process(child.owner().number(), child.name(), 0, "", child.parent().number(), true,
                        false, List.of(), List.of(), 0, 0)))
                .sorted(Comparator.comparingLong(Process::owner)).toList();
    }

    private static void addHolds(Map<Owner, List<Hold>> holds, Seen seen) {
        var view = seen.machine().view();
        long writers = view.count("writers");
        for (var hold : view.holds()) {
            holds.computeIfAbsent(hold.owner(), owner -> new ArrayList<>())
                    .add(new Hold(seen.thing(), hold, How.of(seen.thing().spec(), hold.units(), writers)));
        }
    }

    private static Process process(Member member, List<Wait> waits, List<Hold> holds) {
        var hello = member.hello();
        return new Process(member.owner().number(), hello.name(), hello.pid(), hello.startToken(), hello.parent(), false, hello.isJoining(),
                waits.stream().limit(MOST).toList(), holds.stream().limit(MOST).toList(), waits.size(), holds.size());
    }

    /**
     * The primitives of a kind, or of a name.
     *
     * @param which which are meant
     * @return what they are, in the order of their numbers: those with a name first
     */
    public List<Thing> things(Predicate<Thing> which) {
        return primitives.values().stream().map(Seen::thing).filter(which).sorted(BY_NUMBER).toList();
    }

    /**
     * As many of them as fit. If they do not all, those come first that somebody waits for, then those that somebody has.
     *
     * @param which which are meant
     * @param most how many
     * @return the primitives, in the order of their numbers
     */
    public List<Primitive> primitives(Predicate<Thing> which, int most) {
        var all = things(which);
        if (all.size() <= most) {
            return all.stream().map(this::primitive).toList();
        }
        var chosen = new HashSet<>(all.stream().sorted(Comparator.comparingInt(this::idleness).thenComparing(BY_NUMBER)).limit(most)
                .toList());
        return all.stream().filter(chosen::contains).map(this::primitive).toList();
    }

    private int idleness(Thing thing) {
        var view = primitives.get(thing.id()).machine().view();
        return !view.waiting().isEmpty() || !view.sleeping().isEmpty() ? 0 : !view.holds().isEmpty() ? 1 : 2;
    }

    private Primitive primitive(Thing thing) {
        var machine = primitives.get(thing.id()).machine();
        var view = machine.view();
        var oldest = Stream.concat(view.waiting().stream(), view.sleeping().stream()).map(ticket -> open.get(ticket).since())
                .min(Comparator.naturalOrder());
        return new Primitive(thing, looking.into(machine, true, at), oldest);
    }
}
