package procession.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import procession.ProcessionException;
import procession.Result;
import procession.TaskCancelledException;
import procession.TaskFailedException;
import procession.TaskOutcome;
import procession.TimedOutException;
import procession.WorkerLostException;

/** What becomes of something that a pool does. It is ready when its actions have been called. */
class TaskResult<T> implements Result<T> {

    /** What the label of a task begins with. */
    static final String TASK = "task ";

    private final Host host;
    private final String label;
    private final Runnable cancel;
    private final CountDownLatch ready = new CountDownLatch(1);
    private final List<Consumer<TaskOutcome<T>>> actions = new ArrayList<>();
    private volatile TaskOutcome<T> outcome;

    TaskResult(Host host, String label, Runnable cancel) {
        this.host = host;
        this.label = label;
        this.cancel = cancel;
    }

    /** It has ended; whatever comes later does not count. */
    void ended(TaskOutcome<T> how) {
        List<Consumer<TaskOutcome<T>>> waiting;
        synchronized (this) {
            if (outcome != null) {
                return;
            }
            outcome = how;
            waiting = List.copyOf(actions);
            actions.clear();
        }
        if (waiting.isEmpty()) {
            ready.countDown();
        } else {
            host.execute(() -> {
                waiting.forEach(action -> action.accept(how));
                ready.countDown();
            });
        }
    }

    private void then(Consumer<TaskOutcome<T>> action) {
        synchronized (this) {
            if (outcome == null) {
                actions.add(action);
                return;
            }
        }
        host.execute(() -> action.accept(outcome));
    }

    @Override
    public Result<T> onSuccess(Consumer<? super T> action) {
        return whenEnded(how -> {
            if (how instanceof TaskOutcome.Value<T> value) {
                action.accept(value.value());
            }
        });
    }

    @Override
    public Result<T> onFailure(Consumer<? super ProcessionException> action) {
        return whenEnded(how -> {
            if (!(how instanceof TaskOutcome.Value<T>)) {
                action.accept(failure(how));
            }
        });
    }

    private Result<T> whenEnded(Consumer<TaskOutcome<T>> action) {
        then(how -> {
            try {
                action.accept(how);
            } catch (Throwable thrown) {
                host.tell("An action that was to be called when " + label + " has ended failed: " + thrown
                        + frame(thrown.getStackTrace()));
            }
        });
        return this;
    }

    private static String frame(StackTraceElement[] frames) {
        return frames.length == 0 ? "" : " at " + frames[0];
    }

    @Override
    public T get() throws InterruptedException {
        ready.await();
        return value(outcome);
    }

    @Override
    public T get(Duration timeout) throws InterruptedException {
        if (!await(timeout)) {
            throw new TimedOutException(capitalized(label) + " has not ended within " + Times.seconds(timeout) + ". " + situation());
        }
        return value(outcome);
    }

    /** How far it is, for whoever has waited in vain. */
    String situation() {
        return "It goes on.";
    }

    @Override
    public void await() throws InterruptedException {
        ready.await();
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
        return ready.await(Times.nanos(timeout), TimeUnit.NANOSECONDS);
    }

    @Override
    public boolean isReady() {
        return ready.getCount() == 0;
    }

    @Override
    public boolean isSuccessful() {
        if (!isReady()) {
            throw new IllegalStateException(capitalized(label) + " has not ended.");
        }
        return outcome instanceof TaskOutcome.Value<T>;
    }

    @Override
    public Optional<TaskOutcome<T>> outcome() {
        return isReady() ? Optional.of(outcome) : Optional.empty();
    }

    @Override
    public boolean cancel() {
        cancel.run();
        return outcome instanceof TaskOutcome.Cancelled<T>;
    }

    @Override
    public CompletableFuture<T> toCompletableFuture() {
        var future = new CompletableFuture<T>() {
            @Override
            public boolean cancel(boolean mayInterrupt) {
                return TaskResult.this.cancel() && super.cancel(mayInterrupt);
            }
        };
        then(how -> {
            if (how instanceof TaskOutcome.Value<T> value) {
                host.execute(() -> future.complete(value.value()));
            } else {
                host.execute(() -> future.completeExceptionally(failure(how)));
            }
        });
        return future;
    }

    private T value(TaskOutcome<T> how) {
        if (how instanceof TaskOutcome.Value<T> value) {
            return value.value();
        }
        throw failure(how);
    }

    private ProcessionException failure(TaskOutcome<T> how) {
        return failure(labelOfFailure(), how);
    }

    /** What failed, where it is one of several. */
    String labelOfFailure() {
        return label;
    }

    final String label() {
        return label;
    }

    static String capitalized(String label) {
        return Character.toUpperCase(label.charAt(0)) + label.substring(1);
    }

    static ProcessionException failure(String what, TaskOutcome<?> how) {
        var label = capitalized(what);
        return switch (how) {
            case TaskOutcome.Value<?> value -> throw new IllegalArgumentException("a value is no failure");
            case TaskOutcome.Failed<?> failed -> new TaskFailedException(label + " failed: " + failed.error().summary(), failed.error());
            case TaskOutcome.WorkerLost<?> lost -> new WorkerLostException(label + " was lost: its worker " + lost.name() + " (pid "
                    + lost.pid() + ") ended before it: " + lost.outcome() + ". Whether the task took effect is not known."
                    + (lost.lastLines().isEmpty() ? "" : " The worker's last lines on stderr: " + String.join("\n  ", lost.lastLines())),
                    lost);
            case TaskOutcome.Cancelled<?> cancelled -> new TaskCancelledException(label + " was cancelled before it had ended.");
        };
    }

    @Override
    public String toString() {
        return "Result[" + label + ", " + (outcome == null ? "pending" : outcome) + "]";
    }
}
