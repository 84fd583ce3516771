package procession.pool;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
        var outcomes = new ArrayList<TaskOutcome<Object>>(job.tasks());
        for (int task = 0; task < job.tasks(); task++) {
            var error = Messages.error(done, task);
            outcomes.add(error == null ? new TaskOutcome.Value<>(values[task]) : new TaskOutcome.Failed<>(error));
        }
        answer = outcomes;
    }

    void failed(RemoteError error) {
        answer = Collections.nCopies(job.tasks(), new TaskOutcome.Failed<>(error));
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
