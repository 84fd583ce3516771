package procession.core;

/** What became of a payload in a machine's custody that carries handles. */
public sealed interface Settlement {

    /**
     * A process has received a copy of the payload, and with it copies of the handles in it.
     *
     * @param by the process
     * @param payload the payload
     */
    record Adopted(Owner by, Payload payload) implements Settlement {}

    /**
     * A copy of the payload is on its way to an asker; the machine keeps its own.
     *
     * @param to the request it answers
     * @param payload the payload
     */
    record Copied(Ticket to, Payload payload) implements Settlement {}

    /**
     * The machine no longer has the payload.
     *
     * @param payload the payload
     */
    record Discarded(Payload payload) implements Settlement {}
}
