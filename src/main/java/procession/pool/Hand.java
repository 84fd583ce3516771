package procession.pool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import procession.Outcome;
import procession.RemoteError;
import procession.TaskOutcome;
import procession.core.Payload;

/** What a pool knows of one of its workers. Guarded by the pool's monitor. */
final class Hand {

    final long number;
    final String name;
    Link link;
    /** What was sent to it and is not answered: what it does, and what is in its pipe behind that. */
    final Deque<Job> jobs = new ArrayDeque<>();
    /** Completed when nothing is being taken back out of its pipe. */
    CompletableFuture<?> recall = CompletableFuture.completedFuture(null);
    /** What the job that it had first came to, if it has said so. */
    List<TaskOutcome<Object>> answer;
    RemoteError startError;
    Outcome outcome;
    boolean exited;
    boolean heardAll;
    /** The jobs that it has never received, as was seen when it had ended. */
    Set<Long> unreceived = Set.of();
    final Set<String> learnt = new HashSet<>();

    Hand(long number, String name) {
        this.number = number;
        this.name = name;
    }

    void answered(Object done) {
        var job = jobs.getFirst();
        var values = Messages.values(done);
        var outcomes = new ArrayList<TaskOutcome<Object>>(job.tasks());
        for (int task = 0; task < job.tasks(); task++) {
            var error = Messages.error(done, task);
            outcomes.add(error == null ? new TaskOutcome.Value<>(values[task]) : new TaskOutcome.Failed<>(error));
        }
        answer = outcomes;
    }

    void failed(RemoteError error) {
        answer = Collections.nCopies(jobs.getFirst().tasks(), new TaskOutcome.Failed<>(error));
    }

    /** Which of its jobs are among messages that were taken out of its pipe; what it would have learnt there, it is told again. */
    Set<Long> among(List<Payload> taken) {
        var numbers = new HashSet<Long>();
        for (var job : jobs) {
            if (taken.contains(job.payload())) {
                numbers.add(job.number());
                learnt.remove(job.type());
            }
        }
        return numbers;
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
