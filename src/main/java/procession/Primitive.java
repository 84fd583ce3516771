package procession;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What every lock, semaphore, event, barrier, queue and connection is: a small handle on state that the run's keeper has.
 *
 * <p>A handle works in any process and thread of its run, may be passed to a process as an argument and travels in queues and pipes.
 * It equals every handle on the same state. A blocking method called on a thread of an actor's dispatcher throws
 * {@link IllegalStateException}: actors use the {@code …Async} twin or {@code ref()}. After the run's end, or when this
 * process has left it, every method that asks the keeper throws {@link RunEndedException}.
 *
 * <p>In Python: none; the primitives have no type in common. Nor has any of them a {@code ref()}, or the messages of one, its
 * {@code Command}s and {@code Reply}s.
 */
public interface Primitive {

    /**
     * The name it is found by.
     *
     * @return the name; empty for one without
     */
    Optional<String> name();

    /**
     * Looks into it: who holds it, who waits for it and since when, and what there is to count. Exact when answered, old when read.
     *
     * @return what was seen
     * @throws InterruptedException if interrupted while asking
     */
    Inspection inspect() throws InterruptedException;

    /**
     * Looks into it without blocking.
     *
     * @return completes with what was seen
     */
    CompletableFuture<Inspection> inspectAsync();
}
