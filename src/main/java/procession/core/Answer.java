package procession.core;

/**
 * An answer on its way out of a machine.
 *
 * @param to the ticket it answers
 * @param reply what it says
 */
public record Answer(Ticket to, Reply reply) {}
