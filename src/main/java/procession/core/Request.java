package procession.core;

/** What a session asks its keeper. */
public sealed interface Request {

    /**
     * Asks a primitive.
     *
     * @param target which
     * @param command what
     */
    record Operate(PrimitiveId target, Command command) implements Request {}

    /**
     * Looks into a primitive; answered by {@link Reply.Viewed}.
     *
     * @param target which
     * @param who whether it is asked who holds and who waits, too, and not only how many
     */
    record Inspect(PrimitiveId target, boolean who) implements Request {}

    /** Asks for the cycles of waits that there are; answered by {@link Reply.Deadlocks}. */
    record FindDeadlocks() implements Request {}

    /**
     * Makes a primitive without a name. The asker holds one handle on it, or one copy of each end.
     *
     * @param number its number among those this session makes
     * @param spec what it is
     */
    record Create(long number, Spec spec) implements Request {}

    /**
     * Finds a primitive by its name; answered by {@link Reply.Opened}.
     *
     * @param name the name
     * @param spec what it must be
     * @param create whether it is made if there is none; if not, only its kind must be that of {@code spec}
     */
    record Open(String name, Spec spec, boolean create) implements Request {}

    /**
     * Ends the wait of an earlier request, which is then answered by {@link Reply.TimedOut} unless it has been answered.
     *
     * @param request number of the request
     */
    record Withdraw(long request) implements Request {}

    /**
     * Lets go of handles, or copies of an end.
     *
     * @param resource of what
     * @param copies how many
     */
    record Drop(Resource resource, int copies) implements Request {}

    /**
     * Announces a child that is about to be started.
     *
     * @param child its number among the asker's children
     * @param name its name
     * @param arguments what is handed over to it; the handles in it are in transit until it says hello
     */
    record Spawn(long child, String name, Payload arguments) implements Request {}

    /**
     * Says that a child has been seen to have ended; answered by {@link Reply.Settled} when everything it held is settled.
     *
     * @param child its number among the asker's children
     * @param outcome how, in words
     * @param orderly whether it ended as it should: by itself and without an error
     */
    record Ended(long child, String outcome, boolean orderly) implements Request {}

    /**
     * Reports how the asker is about to end.
     *
     * @param report for its parent
     */
    record Report(Payload report) implements Request {}

    /** The asker, which has joined from outside, leaves the run and lives on; answered by {@link Reply.Done}. */
    record Leave() implements Request {}
}
