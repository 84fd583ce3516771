package procession.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a machine should do, said once more and as plainly as possible: mutable lists, searched from end to end. Shares no code with the
 * machines. What it says is text: who is answered what, and what becomes of payloads with handles.
 */
abstract class Model {

    /** As often as an item of a joinable queue may return in these tests. */
    static final int REDELIVERIES = 2;

    final Map<Ticket, String> answers = new LinkedHashMap<>();
    final List<String> settlements = new ArrayList<>();
    long nextFence = 1;

    abstract void on(Ticket ticket, Command command);

    abstract void expired(Ticket ticket);

    /** A process is gone; whether it ended as it should. */
    abstract void departed(Owner owner, boolean orderly);

    void confirmed(Ticket ticket) {}

    void endGone(int end) {}

    abstract Map<String, Long> counts();

    void answer(Ticket ticket, String text) {
        answers.put(ticket, text);
    }

    void discard(Payload payload) {
        if (!payload.carried().isEmpty()) {
            settlements.add("discarded " + Stage.text(payload));
        }
    }

    static Model of(Spec spec, long budget) {
        return switch (spec) {
            case Spec.Lock lock -> new LockModel(lock.reentrant());
            case Spec.Semaphore semaphore -> new SemaphoreModel(semaphore);
            case Spec.Event event -> new EventModel();
            case Spec.Queue queue -> new QueueModel(queue, budget);
            case Spec.Pipe pipe -> new PipeModel(pipe);
            case Spec.Barrier barrier -> new BarrierModel(barrier.parties());
            case Spec.Latch latch -> new LatchModel(latch.count());
            case Spec.ReadWriteLock lock -> new ReadWriteLockModel();
            case Spec.Counter counter -> new CounterModel(counter.initial());
            case Spec.Cell cell -> new MapModel(budget);
            case Spec.SharedMap map -> new MapModel(budget);
        };
    }
}
