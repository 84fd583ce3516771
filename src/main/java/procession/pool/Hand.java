package procession.pool;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import procession.Outcome;
import procession.RemoteError;
import procession.TaskOutcome;

/** What a pool knows of one of its workers. Guarded by the pool's monitor. */
final class Hand {

    final long number;
    final String name;
    Link link;
    Job job;
    /** What the job that it had last came to, if it has said so. */
    List<TaskOutcome<Object>> answer;
    RemoteError startError;
    Outcome outcome;
    boolean exited;
    boolean heardAll;
    boolean begun = true;
    final Set<String> learnt = new HashSet<>();

    Hand(long number, String name) {
        this.number = number;
        this.name = name;
    }

    void answered(Object done) {
        var values = Messages.values(done);
        answer = IntStream.range(0, job.tasks()).<TaskOutcome<Object>>mapToObj(task -> Messages.error(done, task)
                .<TaskOutcome<Object>>map(TaskOutcome.Failed::new).orElseGet(() -> new TaskOutcome.Value<>(values[task]))).toList();
    }

    void failed(Throwable error) {
        answer = all(new TaskOutcome.Failed<>(RemoteError.of(error)));
    }

    private List<TaskOutcome<Object>> all(TaskOutcome<Object> outcome) {
        return Collections.nCopies(job.tasks(), outcome);
    }

    boolean isGone() {
        return exited && (heardAll || link == null);
    }

    long pid() {
        return link == null ? 0 : link.process().pid().orElse(0);
    }

    /** How whatever it was doing ended with it. */
    TaskOutcome<Object> end() {
        return Optional.ofNullable(startError).<TaskOutcome<Object>>map(TaskOutcome.Failed::new)
                .orElseGet(() -> new TaskOutcome.WorkerLost<>(name, pid(), outcome, link == null ? List.of() : link.lastLines()));
    }
}
