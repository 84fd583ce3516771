package procession.session;

import procession.DecodingException;
import procession.EncodingException;
import procession.KeeperSilentException;
import procession.RunEndedException;

/** Codes of refusals that the keeper has no part in, for actors, who get words where threads get exceptions. */
final class AgentRefusals {

    static final String BAD_ARGUMENT = "bad-argument";
    static final String CLOSED = "closed";
    static final String DECODING = "decoding";
    static final String ENCODING = "encoding";
    static final String FAILED = "failed";
    static final String KEEPER_SILENT = "keeper-silent";
    static final String NOT_THERE = "not-there";
    static final String RUN_ENDED = "run-ended";

    private AgentRefusals() {}

    static String code(RuntimeException wrong) {
        return switch (wrong) {
            case EncodingException e -> ENCODING;
            case DecodingException e -> DECODING;
            case RunEndedException e -> RUN_ENDED;
            case KeeperSilentException e -> KEEPER_SILENT;
            case IllegalArgumentException e -> BAD_ARGUMENT;
            case NullPointerException e -> BAD_ARGUMENT;
            default -> FAILED;
        };
    }

    static String message(RuntimeException wrong) {
        return wrong instanceof NullPointerException ? "A command has no null but a null item."
                : wrong.getMessage() == null ? wrong.toString() : wrong.getMessage();
    }
}
