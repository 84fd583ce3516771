package procession.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import procession.Process;
import procession.Waitable;
import procession.core.Sent;

/**
 * Waits on many things at once, from this process.
 *
 * <p>Thread-safe.
 */
public final class WaitAny {

    private final Handles handles;
    private final Function<Process, CompletableFuture<?>> ends;

    /**
     * For a process.
     *
     * @param handles its handles
     * @param ends completes, in whatever way, when a child of it has ended; refuses other processes. It is not completed from here
     */
    public WaitAny(Handles handles, Function<Process, CompletableFuture<?>> ends) {
        this.handles = handles;
        this.ends = ends;
    }

    /**
     * Waits until one of them is ready.
     *
     * @param <W> their type
     * @param timeout how long; empty for ever
     * @param of what to wait for
     * @return all that are ready
     * @throws InterruptedException if interrupted while waiting and nothing is ready
     */
    public <W extends Waitable> List<W> await(Optional<Duration> timeout, List<W> of) throws InterruptedException {
        handles.session().refuseOnDispatcher();
        return some(of, new OngoingWait(handles.session(), sources(timeout, of), nanos(timeout)).await());
    }

    /**
     * Waits until one of them is ready, without blocking.
     *
     * @param <W> their type
     * @param timeout how long; empty for ever
     * @param of what to wait for
     * @return completes with all that are ready
     */
    public <W extends Waitable> CompletableFuture<List<W>> awaitAsync(Optional<Duration> timeout, List<W> of) {
        return new OngoingWait(handles.session(), sources(timeout, of), nanos(timeout)).awaitAsync(which -> some(of, which));
    }

    private static long nanos(Optional<Duration> timeout) {
        return timeout.map(Handle::nanos).orElse(Sent.FOR_EVER);
    }

    private static <W> List<W> some(List<W> all, List<Integer> which) {
        return which.stream().map(all::get).toList();
    }

    /** Refuses what cannot be waited for before anything is asked. */
    private List<OngoingWait.Source> sources(Optional<Duration> timeout, List<? extends Waitable> of) {
        if (of.isEmpty() && timeout.isEmpty()) {
            throw new IllegalArgumentException("There is nothing to wait for, and no time-out: this would wait for ever.");
        }
        var seen = new HashSet<Waitable>();
        var sources = new ArrayList<OngoingWait.Source>(of.size());
        for (var one : of) {
            if (!seen.add(one)) {
                throw new IllegalArgumentException(one + " is among what is to be waited for twice.");
            }
            sources.add(source(one));
        }
        return sources;
    }

    private OngoingWait.Source source(Waitable one) {
        if (one instanceof Process process) {
            return OngoingWait.Source.of(ends.apply(process));
        }
        if (!(one instanceof Polled polled)) {
            throw new IllegalArgumentException(one + " is nothing that this run can wait for.");
        }
        if (polled.of().home != handles) {
            throw new IllegalArgumentException(polled.of() + " belongs to another run; it means nothing in this one.");
        }
        return OngoingWait.Source.of(polled);
    }
}
