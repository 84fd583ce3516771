package procession.core;

/**
 * Something to be recorded that is no answer: said by a machine, stamped by the keeper.
 *
 * @param kind what happened
 * @param ticket to whom
 * @param number the fence or the number of the item it is about; 0 if none
 * @param units how many; 0 where there is nothing to count
 * @param detail more, for people
 */
public record Note(Happening.Kind kind, Ticket ticket, long number, int units, String detail) {}
