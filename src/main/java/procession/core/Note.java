package procession.core;

/**
 * Something to be recorded that is no answer: said by a machine, stamped by the keeper.
 *
 * @param kind what happened
 * @param ticket to whom
 * @param number the fence or the number of the item it is about, the first one if there are several; 0 if none
 * @param units how many; 0 where there is nothing to count
 * @param detail more, for people
 * @param count about how many items it is, with consecutive numbers; each is recorded
 * @param behind how many answers of the same step it comes after
 */
public record Note(Happening.Kind kind, Ticket ticket, long number, int units, String detail, int count, int behind) {

    /** One thing, told before the answers. */
    Note(Happening.Kind kind, Ticket ticket, long number, int units, String detail) {
        this(kind, ticket, number, units, detail, 1, 0);
    }
}
