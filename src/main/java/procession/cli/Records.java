package procession.cli;

import java.io.IOException;
import procession.UsageException;
import procession.record.NoRecordException;

/** What goes wrong with a record that the command line names, as one sentence. */
final class Records {

    /** Does something with a record. */
    @FunctionalInterface
    interface Use<T> {
        /**
         * Does it.
         *
         * @throws IOException if the record is none, cannot be read, or what is made of it cannot be written
         */
        T apply() throws IOException;
    }

    private Records() {}

    /**
     * Does something with a record.
     *
     * @param failing what cannot be done if it fails, as the beginning of a sentence
     * @param use does it
     * @return what that gives
     * @throws UsageException if it fails
     */
    static <T> T use(String failing, Use<T> use) {
        try {
            return use.apply();
        } catch (NoRecordException none) {
            throw new UsageException(none.getMessage());
        } catch (IOException failed) {
            throw new UsageException(failing + ": " + failed.getMessage() + ".");
        }
    }
}
