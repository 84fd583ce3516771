package procession.pool;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeUnit;
import procession.EncodingException;
import procession.ProcessionException;
import procession.Results;
import procession.TaskOutcome;
import procession.TimedOutException;

/** The values of an imap. A thread of its own reads the input, no further ahead than agreed; guarded by this object's monitor. */
final class StreamedResults<R> implements Results<R> {

    /** What one item came to: a task's end, or the error of the item itself. */
    private record Entry<R>(TaskOutcome<R> outcome, RuntimeException error) {}

    /** A chunk in its place in the input. */
    private static final class Slot<R> {
        final int tasks;
        Job job;
        List<Entry<R>> entries;

        Slot(int tasks) {
            this.tasks = tasks;
        }
    }

    private final WorkerPool pool;
    private final String label;
    private final List<String> method;
    private final int repeats;
    private final int chunk;
    private final boolean ordered;
    private final int most;
    private final Deque<Slot<R>> slots = new ArrayDeque<>();
    private final Map<Slot<R>, Job> open = new LinkedHashMap<>();
    private final Deque<Entry<R>> ready = new ArrayDeque<>();
    private int out;
    private boolean reading = true;
    private boolean closed;
    private Throwable failure;

    StreamedResults(WorkerPool pool, String label, List<String> method, int repeats, int chunk, boolean ordered) {
        this.pool = pool;
        this.label = label;
        this.method = method;
        this.repeats = repeats;
        this.chunk = chunk;
        this.ordered = ordered;
        this.most = pool.readAhead(chunk);
    }

    // The reader.

    void read(Iterator<Object[]> input) {
        pool.host().execute(() -> {
            Throwable failed = null;
            try {
                readAll(input);
            } catch (Throwable thrown) {
                failed = thrown;
            }
            readAll(failed);
        });
    }

    /** What was read and could not be submitted, since the pool has ended, is not waited for. */
    private synchronized void readAll(Throwable failed) {
        out = ready.size() + slots.stream().mapToInt(slot -> slot.tasks).sum();
        failure = failed;
        reading = false;
        notifyAll();
    }

    private void readAll(Iterator<Object[]> input) throws InterruptedException {
        var tasks = new ArrayList<Object[]>();
        try {
            while (room() && input.hasNext()) {
                tasks.add(input.next());
                read();
                if (tasks.size() == chunk) {
                    var full = tasks;
                    tasks = new ArrayList<>();
                    submit(full);
                }
            }
        } finally {
            if (!tasks.isEmpty()) {
                submit(tasks);
            }
        }
    }

    /** Waits until one more may be read; false if none is wanted. */
    private synchronized boolean room() throws InterruptedException {
        while (!closed && out >= most) {
            wait();
        }
        return !closed;
    }

    private synchronized void read() {
        out++;
    }

    /** Where an item of a chunk cannot travel, each becomes a chunk of its own. */
    private void submit(List<Object[]> tasks) {
        var slot = new Slot<R>(tasks.size());
        try {
            slot.job = pool.job(label, method, tasks, outcomes -> ended(slot, outcomes));
        } catch (EncodingException | IllegalArgumentException | IllegalStateException cannotTravel) {
            if (tasks.size() == 1) {
                opened(slot);
                entered(slot, List.of(new Entry<>(null, cannotTravel)));
            } else {
                tasks.forEach(task -> submit(List.<Object[]>of(task)));
            }
            return;
        }
        opened(slot);
        try {
            pool.submit(List.of(slot.job), repeats);
        } catch (RuntimeException refused) {
            withdrawn(slot);
            throw refused;
        }
        synchronized (this) {
            if (!closed) {
                return;
            }
        }
        pool.cancel(List.of(slot.job));
    }

    private synchronized void opened(Slot<R> slot) {
        slots.add(slot);
        open.put(slot, slot.job);
    }

    private synchronized void withdrawn(Slot<R> slot) {
        slots.remove(slot);
        open.remove(slot);
    }

    private void ended(Slot<R> slot, List<TaskOutcome<Object>> outcomes) {
        entered(slot, PoolView.<R>typed(outcomes).stream().map(outcome -> new Entry<>(outcome, null)).toList());
    }

    private synchronized void entered(Slot<R> slot, List<Entry<R>> entries) {
        open.remove(slot);
        if (closed) {
            return;
        }
        if (ordered) {
            slot.entries = entries;
            while (!slots.isEmpty() && slots.peek().entries != null) {
                ready.addAll(slots.poll().entries);
            }
        } else {
            slots.remove(slot);
            ready.addAll(entries);
        }
        notifyAll();
    }

    // The user.

    @Override
    public synchronized boolean hasNext() {
        try {
            while (!isDecided()) {
                wait();
            }
            return !ready.isEmpty() || failure != null;
        } catch (InterruptedException interrupted) {
            throw interruptedWhileWaiting();
        }
    }

    private boolean isDecided() {
        return closed || !ready.isEmpty() || (!reading && out == 0);
    }

    private ProcessionException interruptedWhileWaiting() {
        Thread.currentThread().interrupt();
        return new ProcessionException("Interrupted while waiting for the next value of " + label + "; the tasks go on.");
    }

    @Override
    public R next() {
        if (!hasNext()) {
            throw nothingLeft();
        }
        return taken();
    }

    private NoSuchElementException nothingLeft() {
        return new NoSuchElementException("No value of " + label + " is left.");
    }

    @Override
    public R next(Duration timeout) throws InterruptedException {
        synchronized (this) {
            long nanos = Times.nanos(timeout);
            long since = System.nanoTime();
            for (long left = nanos; !isDecided() && left > 0; left = nanos - (System.nanoTime() - since)) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
            if (!isDecided()) {
                throw new TimedOutException("The next value of " + label + " was not there within " + Times.seconds(timeout) + ". " + out
                        + " items have been read and not taken.");
            }
        }
        return next();
    }

    private R taken() {
        Entry<R> entry;
        synchronized (this) {
            entry = ready.poll();
            if (entry == null) {
                var end = failure;
                failure = null;
                throw thrown(end);
            }
            out--;
            notifyAll();
        }
        if (entry.error() != null) {
            throw entry.error();
        }
        if (entry.outcome() instanceof TaskOutcome.Value<R> value) {
            return value.value();
        }
        throw TaskResult.failure(label, entry.outcome());
    }

    private RuntimeException thrown(Throwable end) {
        return switch (end) {
            case null -> nothingLeft();
            case RuntimeException unchecked -> unchecked;
            case Error error -> throw error;
            default -> new ProcessionException("Reading the input of " + label + " failed: " + end, end);
        };
    }

    @Override
    public void close() {
        Collection<Job> left;
        synchronized (this) {
            closed = true;
            failure = null;
            ready.clear();
            slots.clear();
            left = open.values().stream().filter(java.util.Objects::nonNull).toList();
            open.clear();
            notifyAll();
        }
        pool.cancel(List.copyOf(left));
    }
}
