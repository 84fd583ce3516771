package procession;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * A process: a JVM of its own and a node of the cluster.
 *
 * <p>One object is one run of its body: it starts once. Only the process that created it may start, join or signal it, and it cannot
 * be sent to another. All methods may be called from any thread.
 *
 * <p>In Python: {@code multiprocessing.Process}.
 */
public interface Process extends Waitable {

    /**
     * Its name: the one given, or as in Python {@code Process-1}, {@code Process-2}, and {@code Process-1:1} for a child's child.
     *
     * @return the name
     */
    String name();

    /**
     * Names it. Names need not be unique.
     *
     * @param name the name; empty for the automatic one
     * @return this
     * @throws IllegalStateException if it has been started
     */
    Process name(String name);

    /**
     * Whether it is a daemon: ended when its parent ends, instead of waited for. By default the same as its creator.
     *
     * @return whether it is one
     */
    boolean isDaemon();

    /**
     * Makes it a daemon, or not. Daemons may not have children.
     *
     * @param daemon whether it shall be one
     * @return this
     * @throws IllegalStateException if it has been started
     */
    Process daemon(boolean daemon);

    /**
     * Options for its JVM, after those of {@code procession.child.jvm-options}.
     *
     * @param options options such as {@code -Xmx1g}
     * @return this
     * @throws IllegalStateException if it has been started
     */
    Process jvmOptions(String... options);

    /**
     * A secret that processes of one run share, to authenticate connections of their own. Python's {@code authkey}: random in the
     * main process, inherited by children.
     *
     * @return a copy of the key
     * @throws IllegalStateException if this is another process than the current one or an own child not yet started
     */
    byte[] authKey();

    /**
     * Sets the key that the child inherits.
     *
     * @param key the key
     * @return this
     * @throws IllegalStateException if it has been started
     */
    Process authKey(byte[] key);

    /**
     * Starts the process. It returns when the operating system's process exists, so {@link #pid()} is known and {@link #kill()}
     * works; that may mean to wait for its turn, as only a few JVMs are started at a time. Its body begins as soon as its node can
     * talk to the keeper.
     *
     * @return this
     * @throws IllegalStateException if it has been started, is the current process, belongs to another process, or the current
     *     process is a daemon
     * @throws IllegalArgumentException if its class or an argument cannot be used in a child; the message names file and line
     * @throws EncodingException if an argument has no encoding; the message names file and line
     * @throws ProcessStartException if the operating system refuses
     * @throws InterruptedException if interrupted while waiting for its turn; it is then not started
     */
    Process start() throws InterruptedException;

    /**
     * Starts the process without waiting for its turn. Misuse is refused at once.
     *
     * @return completes with this when the operating system's process exists
     */
    CompletableFuture<Process> startAsync();

    /**
     * Waits until the process has ended, everything it held is settled and its last line of output is out.
     *
     * @return how it ended
     * @throws IllegalStateException if it was not started, is the current process or belongs to another one
     * @throws InterruptedException if interrupted while waiting
     */
    Outcome join() throws InterruptedException;

    /**
     * The same, for a limited time.
     *
     * @param timeout how long to wait; zero or negative to look once
     * @return how it ended; empty if it has not
     * @throws IllegalStateException if it was not started, is the current process or belongs to another one
     * @throws InterruptedException if interrupted while waiting
     */
    Optional<Outcome> join(Duration timeout) throws InterruptedException;

    /**
     * Completes when {@link #join()} would return.
     *
     * @return a future of the outcome; completing it has no effect on the process
     * @throws IllegalStateException if it was not started or belongs to another process
     */
    CompletableFuture<Outcome> onExit();

    /**
     * Asks the process to end (SIGTERM): its shutdown hooks run, its {@code finally} blocks do not, and what it held passes on. No
     * effect on one that has ended.
     *
     * @throws IllegalStateException if it was not started or belongs to another process
     */
    void terminate();

    /**
     * Ends the process at once (SIGKILL); what it held passes on. No effect on one that has ended.
     *
     * @throws IllegalStateException if it was not started or belongs to another process
     */
    void kill();

    /**
     * Whether it has been started and has not ended.
     *
     * @return whether it runs
     */
    boolean isAlive();

    /**
     * The operating system's number for it.
     *
     * @return the number; empty before the start
     */
    OptionalLong pid();

    /**
     * How it ended, as Python's number: see {@link Outcome#exitCode()}.
     *
     * @return the exit code; empty while it has not ended
     */
    OptionalInt exitCode();

    /**
     * How it ended.
     *
     * @return the outcome; empty while it has not ended
     */
    Optional<Outcome> outcome();
}
