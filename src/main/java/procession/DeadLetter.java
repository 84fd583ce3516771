package procession;

/**
 * An item of a {@link JoinableQueue} that was given to one process after another, each of which ended before it was done. It counts as
 * done.
 *
 * <p>In Python: none; there the item is lost with the first process.
 *
 * @param <T> type of the item
 */
public interface DeadLetter<T> {

    /**
     * The item. To try it once more, put it again and remove the letter.
     *
     * @return a copy of the item, or null if that is the item
     * @throws DecodingException if it cannot be rebuilt here
     */
    T item();

    /**
     * How often it was given to a process.
     *
     * @return the number of times
     */
    int deliveries();

    /**
     * Who had it last.
     *
     * @return the process, and how it ended
     */
    Predecessor last();
}
