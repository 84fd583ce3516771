package procession.core;

/**
 * An answer on its way out of a machine.
 *
 * @param to the ticket it answers
 * @param reply what it says
 * @param item number of the item it is about, among those of its queue or of its direction of a pipe; 0 if none
 */
public record Answer(Ticket to, Reply reply, long item) {

    Answer(Ticket to, Reply reply) {
        this(to, reply, 0);
    }
}
