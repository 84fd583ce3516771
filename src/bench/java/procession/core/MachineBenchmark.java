package procession.core;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The rules of a lock and of a queue alone: no wire, no keeper around them. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MachineBenchmark {

    private static final Owner OWNER = new Owner(1);
    private static final Payload ITEM = new Payload(1, new byte[] {1, 2, 3}, List.of());

    /** A lock that nobody holds. */
    @State(Scope.Thread)
    public static class Lock {

        private Machine<?, Command.ForLock> machine = machine(new Spec.Lock(false));
        private long next;
    }

    /** A queue. */
    @State(Scope.Thread)
    public static class Queue {

        /** How many items wait in it all the time. */
        @Param({"0", "100000"})
        public int waiting;

        private Machine<?, Command.ForQueue> machine = machine(new Spec.Queue(0, Spec.QueueKind.SIMPLE));
        private long next;

        /** Fills it. */
        @Setup
        public void fill() {
            for (int i = 0; i < waiting; i++) {
                machine = next(machine.on(ticket(++next), new Command.Put(ITEM), Allowance.PLENTY));
            }
        }
    }

    /** Acquires the lock, and releases it. */
    @Benchmark
    public Object lockAcquireAndRelease(Lock lock) {
        long fence = ++lock.next;
        var allowance = new Allowance(fence, Long.MAX_VALUE, 0, "");
        lock.machine = next(lock.machine.on(ticket(fence), new Command.AcquireLock(), allowance));
        lock.machine = next(lock.machine.on(ticket(++lock.next), new Command.ReleaseLock(fence), allowance));
        return lock.machine;
    }

    /** Puts an item behind those that wait, gets the first of them, and confirms it. */
    @Benchmark
    public Object queuePutAndGet(Queue queue) {
        queue.machine = next(queue.machine.on(ticket(++queue.next), new Command.Put(ITEM), Allowance.PLENTY));
        var get = ticket(++queue.next);
        queue.machine = next(queue.machine.on(get, new Command.Get(), Allowance.PLENTY));
        queue.machine = next(queue.machine.confirmed(get, Allowance.PLENTY));
        return queue.machine;
    }

    private static Ticket ticket(long id) {
        return new Ticket(OWNER, 1, id);
    }

    @SuppressWarnings("unchecked")
    private static <C extends Command> Machine<?, C> machine(Spec spec) {
        return (Machine<?, C>) spec.machine(Rules.usual(Long.MAX_VALUE));
    }

    @SuppressWarnings("unchecked")
    private static <C extends Command> Machine<?, C> next(Step<?> step) {
        return (Machine<?, C>) step.next();
    }
}
