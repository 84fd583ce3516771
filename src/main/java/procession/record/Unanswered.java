package procession.record;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** How a call may end without an answer that its caller was given. */
public enum Unanswered {

    /** The keeper had not answered a second after the call's own time-out. */
    KEEPER_SILENT("KeeperSilent"),
    /** The run ended before there was an answer. */
    RUN_ENDED("RunEnded"),
    /** The caller was interrupted and took the request back. */
    WITHDRAWN("Withdrawn"),
    /** The caller completed the call's future itself, or stopped. */
    ABANDONED("Abandoned");

    static final Set<String> NAMES = Arrays.stream(values()).map(Unanswered::toString).collect(Collectors.toUnmodifiableSet());

    private final String word;

    Unanswered(String word) {
        this.word = word;
    }

    /** As it is written. */
    @Override
    public String toString() {
        return word;
    }
}
