package procession.record;

import java.io.IOException;

/** A file is no record of a run, or one that cannot be read. The message says so in one sentence. */
public final class NoRecordException extends IOException {

    private static final long serialVersionUID = 1;

    NoRecordException(String message) {
        super(message);
    }
}
