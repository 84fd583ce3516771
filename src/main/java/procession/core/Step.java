package procession.core;

import java.util.ArrayList;
import java.util.List;

/**
 * What follows from one thing that happened to a machine.
 *
 * @param next the machine afterwards
 * @param answers whom to answer what, in this order
 * @param settlements what became of payloads that carry handles
 * @param notes what else is to be recorded
 * @param <M> the machine
 */
public record Step<M>(M next, List<Answer> answers, List<Settlement> settlements, List<Note> notes) {

    static <M> Step<M> same(M machine) {
        return new Step<>(machine, List.of(), List.of(), List.of());
    }

    static <M> Step<M> of(M machine, Answer... answers) {
        return new Step<>(machine, List.of(answers), List.of(), List.of());
    }

    /** Collects what a step says while it is worked out. */
    static final class Notes {
        private final List<Answer> answers = new ArrayList<>(2);
        private final List<Settlement> settlements = new ArrayList<>(0);
        private final List<Note> notes = new ArrayList<>(0);
        private long nextFence;
        private long room;
        private final long now;

        Notes(Allowance allowance) {
            nextFence = allowance.nextFence();
            room = allowance.room();
            now = allowance.now();
        }

        void answer(Ticket to, Reply reply) {
            answers.add(new Answer(to, reply));
        }

        void answer(Ticket to, Reply reply, long item) {
            answers.add(new Answer(to, reply, item));
        }

        void note(Happening.Kind kind, Ticket ticket, long number, int units, String detail) {
            notes.add(new Note(kind, ticket, number, units, detail));
        }

        long now() {
            return now;
        }

        long fence() {
            return nextFence++;
        }

        /** Sets fences aside. */
        long fencesUntil(long next) {
            nextFence = next;
            return next;
        }

        /** Some items with consecutive numbers were put or got together; told behind the answers so far. */
        void items(Happening.Kind kind, Ticket ticket, long first, int count, int units, String detail) {
            notes.add(new Note(kind, ticket, first, units, detail, count, answers.size()));
        }

        boolean takesIn(long bytes) {
            return bytes <= room;
        }

        void tookIn(long bytes) {
            room -= bytes;
        }

        void adopted(Owner by, Payload payload) {
            if (!payload.carried().isEmpty()) {
                settlements.add(new Settlement.Adopted(by, payload));
            }
        }

        void discarded(Payload payload) {
            if (!payload.carried().isEmpty()) {
                settlements.add(new Settlement.Discarded(payload));
            }
        }

        /** A copy of a payload that stays here is on its way to an asker. */
        void copied(Ticket to, Payload payload) {
            if (!payload.carried().isEmpty()) {
                settlements.add(new Settlement.Copied(to, payload));
            }
        }

        <M> Step<M> step(M next) {
            return new Step<>(next, answers, settlements, notes);
        }
    }
}
