package procession.pool;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import procession.Batch;
import procession.TaskOutcome;

/** What becomes of the tasks of one map. */
final class BatchResult<R> extends TaskResult<List<R>> implements Batch<R> {

    private final Host host;
    private final List<TaskOutcome<R>> outcomes;
    private TaskOutcome<R> failure;
    private int failed = -1;
    private int left;
    private boolean cancelled;
    private Host.Gauge gauge;

    BatchResult(Host host, String label, int tasks, Runnable cancel) {
        super(host, label, cancel);
        this.host = host;
        this.outcomes = new ArrayList<>(Collections.nCopies(tasks, null));
        this.left = tasks;
        if (tasks == 0) {
            ended(new TaskOutcome.Value<>(List.of()));
        }
    }

    /** A chunk has ended. */
    void ended(int from, List<TaskOutcome<R>> chunk) {
        TaskOutcome<List<R>> all;
        synchronized (outcomes) {
            for (int task = 0; task < chunk.size(); task++) {
                outcomes.set(from + task, chunk.get(task));
                if (failed < 0 && !(chunk.get(task) instanceof TaskOutcome.Value<R>)) {
                    failed = from + task;
                    failure = chunk.get(task);
                }
            }
            left -= chunk.size();
            if (gauge != null) {
                gauge.at(outcomes.size() - left);
            }
            if (left > 0) {
                return;
            }
            if (gauge != null) {
                gauge.over();
            }
            all = whole();
        }
        ended(all);
    }

    private TaskOutcome<List<R>> whole() {
        if (failed < 0) {
            var values = new Object[outcomes.size()];
            Arrays.setAll(values, task -> ((TaskOutcome.Value<R>) outcomes.get(task)).value());
            @SuppressWarnings("unchecked")
            var list = (List<R>) Collections.unmodifiableList(Arrays.asList(values));
            return new TaskOutcome.Value<>(list);
        }
        if (cancelled && outcomes.stream().anyMatch(outcome -> outcome instanceof TaskOutcome.Cancelled<R>)) {
            return new TaskOutcome.Cancelled<>();
        }
        return switch (failure) {
            case TaskOutcome.Value<R> value -> throw new IllegalStateException("a value is no failure");
            case TaskOutcome.Failed<R> error -> new TaskOutcome.Failed<>(error.error());
            case TaskOutcome.WorkerLost<R> lost -> new TaskOutcome.WorkerLost<>(lost.name(), lost.pid(), lost.outcome(), lost.lastLines());
            case TaskOutcome.Cancelled<R> never -> new TaskOutcome.Cancelled<>();
        };
    }

    @Override
    String labelOfFailure() {
        synchronized (outcomes) {
            return failed < 0 ? label() : "task " + (failed + 1) + " of " + outcomes.size() + " of " + label();
        }
    }

    @Override
    String situation() {
        synchronized (outcomes) {
            return (outcomes.size() - left) + " of " + outcomes.size() + " tasks have; the others go on.";
        }
    }

    @Override
    public boolean cancel() {
        synchronized (outcomes) {
            cancelled = true;
        }
        return super.cancel();
    }

    @Override
    public List<TaskOutcome<R>> outcomes() throws InterruptedException {
        await();
        synchronized (outcomes) {
            return List.copyOf(outcomes);
        }
    }

    @Override
    public Batch<R> withProgress() {
        synchronized (outcomes) {
            if (gauge == null && left > 0) {
                gauge = host.gauge(label().substring(TASK.length()), outcomes.size());
                gauge.at(outcomes.size() - left);
            }
        }
        return this;
    }
}
