package procession.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Plays one machine: lends it fences and room, keeps what it answered, and fails at once if it answers a ticket twice, one that nobody
 * has, or one of the dead.
 */
final class Stage<M extends Machine<M, C>, C extends Command> {

    static final Owner ANNA = new Owner(1);
    static final Owner BEN = new Owner(2);
    static final Owner CLEO = new Owner(3);
    static final Owner DORA = new Owner(4);

    private M machine;
    private final long budget;
    private long nextFence = 1;
    private long nextId = 1;
    private final Map<Ticket, Optional<Reply>> replies = new LinkedHashMap<>();
    private final List<Ticket> answeredInOrder = new ArrayList<>();
    private final Set<Owner> dead = new HashSet<>();
    private final List<Settlement> settlements = new ArrayList<>();
    private final List<Note> notes = new ArrayList<>();

    Stage(M machine, long budget) {
        this.machine = machine;
        this.budget = budget;
    }

    @SuppressWarnings("unchecked")
    static <M extends Machine<M, C>, C extends Command> Stage<M, C> of(Spec spec) {
        return new Stage<>((M) spec.machine(Rules.usual(Long.MAX_VALUE)), Long.MAX_VALUE / 2);
    }

    @SuppressWarnings("unchecked")
    static <M extends Machine<M, C>, C extends Command> Stage<M, C> of(Spec spec, long budget) {
        return new Stage<>((M) spec.machine(Rules.usual(Long.MAX_VALUE)), budget);
    }

    Ticket asks(Owner owner, C command) {
        return asks(owner, 1, command);
    }

    Ticket asks(Owner owner, long strand, C command) {
        var ticket = new Ticket(owner, strand, nextId++);
        replies.put(ticket, Optional.empty());
        take(machine.on(ticket, command, allowance()));
        return ticket;
    }

    void expires(Ticket ticket) {
        take(machine.expired(ticket, allowance()));
    }

    /** It dies. */
    Obituary departs(Owner owner) {
        return departs(new Obituary(owner, "process-" + owner.number(), "killed", false));
    }

    /** It ends as it should. */
    Obituary ends(Owner owner) {
        return departs(new Obituary(owner, "process-" + owner.number(), "returned", true));
    }

    private Obituary departs(Obituary obituary) {
        dead.add(obituary.owner());
        take(machine.departed(obituary, allowance()));
        return obituary;
    }

    void confirms(Ticket ticket) {
        take(machine.confirmed(ticket, allowance()));
    }

    void relieved() {
        take(machine.relieved(allowance()));
    }

    void endGone(int end) {
        take(machine.endGone(end, allowance()));
    }

    private Allowance allowance() {
        return new Allowance(nextFence, budget - machine.bytes(), 0, "someone");
    }

    private void take(Step<M> step) {
        machine = step.next();
        for (var answer : step.answers()) {
            assertThat(replies).as("answered, but nobody asked").containsKey(answer.to());
            assertThat(replies.get(answer.to())).as("answered twice: %s", answer.to()).isEmpty();
            assertThat(dead).as("answered a dead one").doesNotContain(answer.to().owner());
            replies.put(answer.to(), Optional.of(answer.reply()));
            answeredInOrder.add(answer.to());
            if (answer.reply() instanceof Reply.Granted granted) {
                nextFence = Math.max(nextFence, Math.max(granted.fence() + 1, granted.lentUntil()));
            } else if (answer.reply() instanceof Reply.Resumed resumed) {
                nextFence = Math.max(nextFence, resumed.fence() + 1);
            }
        }
        settlements.addAll(step.settlements());
        notes.addAll(step.notes());
    }

    /** What was noted of some kind, since the last call. */
    List<Note> takeNotes(Happening.Kind kind) {
        var taken = notes.stream().filter(note -> note.kind() == kind).toList();
        notes.clear();
        return taken;
    }

    M machine() {
        return machine;
    }

    View view() {
        return machine.view();
    }

    long count(String name) {
        return machine.view().count(name);
    }

    boolean waits(Ticket ticket) {
        return replies.get(ticket).isEmpty();
    }

    Reply reply(Ticket ticket) {
        assertThat(replies.get(ticket)).as("answer to %s", ticket).isPresent();
        return replies.get(ticket).get();
    }

    Reply.Granted grant(Ticket ticket) {
        assertThat(reply(ticket)).isInstanceOf(Reply.Granted.class);
        return (Reply.Granted) reply(ticket);
    }

    Reply.Resumed resumed(Ticket ticket) {
        assertThat(reply(ticket)).isInstanceOf(Reply.Resumed.class);
        return (Reply.Resumed) reply(ticket);
    }

    String item(Ticket ticket) {
        assertThat(reply(ticket)).isInstanceOf(Reply.Item.class);
        return text(((Reply.Item) reply(ticket)).payload());
    }

    String refusal(Ticket ticket) {
        assertThat(reply(ticket)).isInstanceOf(Reply.Refused.class);
        return ((Reply.Refused) reply(ticket)).code();
    }

    boolean done(Ticket ticket) {
        return replies.get(ticket).equals(Optional.of(new Reply.Done()));
    }

    boolean timedOut(Ticket ticket) {
        return replies.get(ticket).filter(Reply.TimedOut.class::isInstance).isPresent();
    }

    List<Ticket> answeredInOrder() {
        return answeredInOrder;
    }

    /** What became of payloads that carry handles, since the last call. */
    List<Settlement> takeSettlements() {
        var taken = List.copyOf(settlements);
        settlements.clear();
        return taken;
    }

    /** The law that there is one answer for each: everyone but the dead has one. */
    void everyLivingTicketIsAnswered() {
        var unanswered = new HashMap<>(replies);
        unanswered.keySet().removeIf(ticket -> dead.contains(ticket.owner()));
        unanswered.values().removeIf(Optional::isPresent);
        assertThat(unanswered.keySet()).as("never answered").isEmpty();
    }

    static Payload item(String text) {
        return new Payload(1, text.getBytes(StandardCharsets.UTF_8), List.of());
    }

    static Payload carrying(String text) {
        var carried = new Carried(new Resource(new PrimitiveId(9, text.hashCode()), Resource.WHOLE), new Spec.Lock(false), Optional.empty());
        return new Payload(1, text.getBytes(StandardCharsets.UTF_8), List.of(carried));
    }

    static String text(Payload payload) {
        return new String(payload.bytes(), StandardCharsets.UTF_8);
    }
}
