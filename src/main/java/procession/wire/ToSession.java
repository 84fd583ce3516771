package procession.wire;

import procession.core.Answered;
import procession.core.Frame;
import procession.core.Owner;

/** What a session's actor is told. The session adds messages to itself. */
public interface ToSession {

    /**
     * The process takes part.
     *
     * @param owner its number
     */
    record Welcomed(Owner owner) implements ToSession {}

    /** The process is not accepted, or not any more. */
    record TurnedAway() implements ToSession {}

    /** The main process ends the run, and its keeper with it. */
    record RunOver() implements ToSession {}

    /**
     * A frame from the keeper.
     *
     * @param frame the frame
     */
    record Downward(Frame<Answered> frame) implements ToSession {}
}
