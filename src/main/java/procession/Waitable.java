package procession;

/**
 * Something that {@link Procession#waitAny} waits for, together with others. Each kind is ready when the call that would otherwise wait
 * returns or throws at once:
 *
 * <ul>
 * <li>a queue ({@link SimpleQueue}, {@link Queue}, {@link JoinableQueue}), when there is an item that a new {@link SimpleQueue#get()} gets
 *     (who is in line already comes first), or when it has been shut down and nothing is left;
 * <li>a {@link Connection}, when there is a message for a new {@link Connection#receive()}, or the end of the stream;
 * <li>an {@link Event}, while it is set;
 * <li>a {@link CountDownLatch}, from when its count is zero;
 * <li>a change of a cell ({@link Cell#changeSince}) or a map ({@link SharedMap#changeSince}), from when there is one;
 * <li>a {@link Counter} that is to be so high ({@link Counter#atLeast}), while it is;
 * <li>a child of this process ({@link Process}), when it has ended and {@link Process#join()} returns at once, whether it ended well,
 *     was killed or was never started.
 * </ul>
 *
 * <p>Being ready is a state, not a signal: it is seen as often as it is looked at, by everyone who looks, until somebody takes the item or
 * clears the event. Views that run ahead ({@link QueueWindow}, {@link ConnectionWindow}) are not among them: what such a view has
 * fetched is not in its queue or pipe any more.
 *
 * <p>Not to be implemented by users.
 *
 * <p>In Python: what {@code multiprocessing.connection.wait} takes: connections, sockets and the {@code sentinel} of a process,
 * but no queue or event.
 */
public interface Waitable {}
