package procession.core;

/**
 * Something to be recorded that is no answer: said by a machine, stamped by the keeper.
 *
 * @param kind what happened
 * @param ticket to whom
 * @param amount the fence or the number of the item it is about; 0 if none
 * @param detail more, for people
 */
public record Note(Happening.Kind kind, Ticket ticket, long amount, String detail) {}
