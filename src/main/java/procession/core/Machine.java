package procession.core;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rules of one primitive: an immutable state and what follows from each thing that can happen to it.
 *
 * <p>A machine has three doors for what happens to those it serves: someone asked, someone has waited long enough, someone is gone. It
 * answers every ticket exactly once, sooner or later, unless the asker is gone. Time, waiting on the wire, repeats and recording are
 * the keeper's, written once for all machines.
 *
 * @param <M> the machine itself
 * @param <C> what it can be asked
 */
public interface Machine<M extends Machine<M, C>, C extends Command> {

    /**
     * Someone asked.
     *
     * @param ticket who, and what to answer to
     * @param command what
     * @param allowance fences and room
     * @return the next state, and who is to be answered
     */
    Step<M> on(Ticket ticket, C command, Allowance allowance);

    /**
     * A ticket has waited long enough, or is withdrawn. Harmless when it has been answered already.
     *
     * @param ticket which
     * @param allowance fences and room
     * @return the next state, and who is to be answered
     */
    Step<M> expired(Ticket ticket, Allowance allowance);

    /**
     * A process is gone for good: nothing more comes from it, nothing reaches it.
     *
     * @param obituary which, and how it ended
     * @param allowance fences and room
     * @return the next state, and who is to be answered
     */
    Step<M> departed(Obituary obituary, Allowance allowance);

    /**
     * Who holds, who waits, and what is there.
     *
     * @return the view
     */
    View view();

    /**
     * What there is to count, without looking at everybody who holds and waits where there may be many.
     *
     * @return the counts of the view and, where they are told, {@code holders} and {@code waiters}, how many there are; to be changed
     */
    default Map<String, Long> counts() {
        var view = view();
        var counts = new HashMap<>(view.counts());
        counts.put("holders", view.holds().stream().filter(hold -> !hold.isLent()).count());
        counts.put("waiters", (long) view.waiting().size() + view.sleeping().size());
        return counts;
    }

    /**
     * The answer to a ticket that carried an item has arrived at its asker.
     *
     * @param ticket which
     * @param allowance fences and room
     * @return the next state, and who is to be answered
     */
    default Step<M> confirmed(Ticket ticket, Allowance allowance) {
        return Step.same(self());
    }

    /**
     * There is more room for payloads than there was.
     *
     * @param allowance fences and room
     * @return the next state, and who is to be answered
     */
    default Step<M> relieved(Allowance allowance) {
        return Step.same(self());
    }

    /**
     * No process and no payload holds one end of it any more.
     *
     * @param end 1 or 2
     * @param allowance fences and room
     * @return the next state, and who is to be answered
     */
    default Step<M> endGone(int end, Allowance allowance) {
        return Step.same(self());
    }

    /**
     * The hold that is out, of a machine of which at most one is.
     *
     * @return the hold; empty if it is free, or if it is no such machine
     */
    default Optional<View.Hold> held() {
        return Optional.empty();
    }

    /**
     * The holds that are out, of a machine whose next in line waits until all of them are given back.
     *
     * @return the holds; none if it is free, or if it is no such machine
     */
    default List<View.Hold> holders() {
        return held().map(List::of).orElse(List.of());
    }

    /**
     * Whether it is lent: nobody but the borrower knows whether it is held.
     *
     * @return whether it is
     */
    default boolean isLent() {
        return false;
    }

    /**
     * How many bytes of payload it has taken in.
     *
     * @return the number of bytes
     */
    default long bytes() {
        return 0;
    }

    /**
     * Whether someone waits for room.
     *
     * @return whether someone does
     */
    default boolean hasPutters() {
        return false;
    }

    /**
     * Every payload in its custody that carries handles, but for those under way.
     *
     * @return the payloads
     */
    default List<Payload> custody() {
        return List.of();
    }

    /**
     * Every payload that carries handles and is on its way to an asker that has not confirmed its receipt.
     *
     * @return the payloads, by the tickets they answer
     */
    default Map<Ticket, Payload> underWay() {
        return Map.of();
    }

    /**
     * This machine, by its own type.
     *
     * @return this
     */
    M self();
}
