package procession.pool;

import java.util.List;
import java.util.function.Consumer;
import procession.TaskOutcome;
import procession.core.Payload;

/**
 * Tasks that go to a worker together, as one message.
 *
 * @param number its number in its pool
 * @param label what it is, for people
 * @param method class, method and descriptor
 * @param tasks how many tasks it is made of
 * @param payload the message, encoded once: a repetition sends the same bytes
 * @param kept the arguments: handles in them must not be let go of before the job has ended
 * @param then is told how each of its tasks ended
 */
record Job(long number, String label, List<String> method, int tasks, Payload payload, Object kept,
        Consumer<List<TaskOutcome<Object>>> then) {

    /** Name of the class whose package's types are in it. */
    String type() {
        return method.getFirst();
    }
}
