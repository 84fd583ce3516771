package procession.pool;

import java.util.List;
import procession.core.Payload;

/** What a pool needs from the process that makes it. */
public interface Host {

    /**
     * Names the static method that a reference is of; types of its package may travel from now on.
     *
     * @param task a reference to a static method
     * @return class, method and descriptor
     * @throws IllegalArgumentException if it is no such reference; the message names file and line
     */
    List<String> reference(Object task);

    /**
     * Encodes a value.
     *
     * @param value the value
     * @return the payload
     */
    Payload encode(Object value);

    /**
     * Starts a worker, without waiting for its turn.
     *
     * @param name its name
     * @param jvmOptions options for its JVM
     * @return what leads to it
     */
    Link hire(String name, List<String> jvmOptions);

    /**
     * Does something on a thread of its own.
     *
     * @param work what
     */
    void execute(Runnable work);

    /**
     * Does something after a while, on a thread of its own.
     *
     * @param nanos how long
     * @param work what
     */
    void later(long nanos, Runnable work);

    /**
     * Tells a person something, on stderr.
     *
     * @param line a line, or several
     */
    void tell(String line);

    /**
     * Shows how far something is, if somebody looks.
     *
     * @param what what it is, in a word or two
     * @param of of how many
     * @return what shows it
     */
    Gauge gauge(String what, long of);

    /** Shows how far something is. */
    interface Gauge {

        /**
         * Now it is there.
         *
         * @param done how many
         */
        void at(long done);

        /** Nothing is shown any more. */
        void over();
    }
}
