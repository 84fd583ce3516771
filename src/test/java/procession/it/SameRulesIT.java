package procession.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import procession.Event;
import procession.Lock;
import procession.Procession;
import procession.Queue;
import procession.Row;

/** What Python does differently in plain, managed and threads' primitives: here one suite says the same in the main process and in a child. */
class SameRulesIT extends OneRun {

    private static final Duration BEFORE_NOW = Duration.ofSeconds(-2);

    @Test
    @Row({"MGR-09", "MGR-10", "G22"})
    void misuseAndTimeOutsAreTheSameInEveryProcess() throws Exception {
        var held = run.lock();
        var holds = run.event();
        var holder = run.process(SameRulesIT::holds, held, holds).name("holder").start();
        assertThat(holds.await(LONG)).isTrue();

        var here = outcomes(held);
        var there = run.process(SameRulesIT::outcomes, held).start().join().value();

        assertThat(here).containsExactly("IllegalStateException", "IllegalStateException", "IllegalStateException",
                "Optional.empty", "Optional.empty", "EmptyException", "IllegalStateException", "IllegalStateException");
        assertThat(there).isEqualTo(here);
        test.kill(holder);
    }

    private static void holds(Lock lock, Event holds) throws InterruptedException {
        var grant = lock.acquire();
        holds.set();
        Procession.current().event().await();
        grant.release();
    }

    private static List<String> outcomes(Lock held) throws InterruptedException {
        var run = Procession.current();
        var lock = run.lock();
        var reentrant = run.rlock();
        var outcomes = new ArrayList<String>();
        var grant = lock.acquire();
        grant.release();
        outcomes.add(outcome(() -> {
            grant.release();
            return "";
        }));
        outcomes.add(outcome(() -> {
            lock.release();
            return "";
        }));
        var deep = reentrant.acquire();
        var other = Thread.ofPlatform().start(() -> outcomes.add(outcome(() -> {
            deep.release();
            return "";
        })));
        other.join();
        outcomes.add(outcome(() -> held.tryAcquire(BEFORE_NOW)));
        outcomes.add(outcome(() -> held.tryAcquire(Duration.ofNanos(-1))));
        Queue<Integer> queue = run.queue();
        outcomes.add(outcome(() -> queue.get(BEFORE_NOW)));
        outcomes.add(outcome(() -> {
            held.release();
            return "";
        }));
        var bounded = run.boundedSemaphore(1);
        outcomes.add(outcome(() -> {
            bounded.release();
            return "";
        }));
        return outcomes;
    }

    private static String outcome(Callable<?> call) {
        try {
            return String.valueOf(call.call());
        } catch (Exception refused) {
            return refused.getClass().getSimpleName();
        }
    }

    @Test
    @Row({"MGR-11", "G21"})
    void theLockOfAHolderThatIsKilledGoesToAnotherProcess() throws Exception {
        var lock = run.lock();
        var holds = run.event();
        var holder = run.process(SameRulesIT::holds, lock, holds).name("holder").start();
        assertThat(holds.await(LONG)).isTrue();
        var next = run.process(SameRulesIT::takes, lock).name("next").start();
        test.awaitWaiting("next");

        test.kill(holder);

        assertThat(next.join().value()).isEqualTo("holder");
    }

    private static String takes(Lock lock) throws InterruptedException {
        try (var grant = lock.acquire()) {
            return grant.abandoned().orElseThrow().process();
        }
    }

    @Test
    @Row("MGR-13")
    void whatWasPutIsThereAtOnce() throws Exception {
        Queue<Integer> queue = run.queue();

        assertThat(run.process(SameRulesIT::putsAndGets, queue).start().join().value()).isEqualTo(500);
    }

    private static int putsAndGets(Queue<Integer> queue) throws InterruptedException {
        int got = 0;
        for (int i = 0; i < 500; i++) {
            queue.put(i);
            got += queue.get(Duration.ZERO) == i ? 1 : 0;
        }
        return got;
    }

    @Test
    @Row("MGR-01")
    void whatAChildDoesWithAnyPrimitiveIsSeenByItsParent() throws Exception {
        var lock = run.lock("any lock");
        var rlock = run.rlock("any rlock");
        var semaphore = run.semaphore("any semaphore", 2);
        var bounded = run.boundedSemaphore("any bounded", 2);
        var event = run.event("any event");
        Queue<String> queue = run.queue("any queue");
        var joinable = run.<String>joinableQueue("any joinable", 0);
        var simple = run.<String>simpleQueue("any simple");
        var barrier = run.barrier("any barrier", 2);
        var counter = run.counter("any counter", 1);
        var cell = run.cell("any cell", "before");
        var map = run.<String, String>map("any map");
        var child = run.process(SameRulesIT::usesAll).name("user").start();

        barrier.await(LONG);

        assertThat(lock.tryAcquire()).isEmpty();
        assertThat(rlock.tryAcquire()).isEmpty();
        assertThat(semaphore.value()).isEqualTo(1);
        assertThat(bounded.value()).isEqualTo(1);
        assertThat(event.isSet()).isTrue();
        assertThat(queue.get(LONG)).isEqualTo("put");
        assertThat(joinable.get(LONG)).isEqualTo("put");
        assertThat(simple.get(LONG)).isEqualTo("put");
        assertThat(counter.get()).isEqualTo(2);
        assertThat(cell.get()).isEqualTo("after");
        assertThat(map.snapshot()).containsEntry("key", "after");
        test.kill(child);
        assertThat(lock.tryAcquire(LONG)).isPresent();
    }

    private static void usesAll() throws InterruptedException {
        var run = Procession.current();
        var lock = run.lock("any lock").acquire();
        var deep = run.rlock("any rlock").acquire();
        run.semaphore("any semaphore").acquire();
        run.boundedSemaphore("any bounded").acquire();
        run.event("any event").set();
        run.queue("any queue").put("put");
        run.joinableQueue("any joinable", 0).put("put");
        run.simpleQueue("any simple").put("put");
        run.counter("any counter").increment();
        run.<String>cell("any cell").set("after");
        run.<String, String>map("any map").put("key", "after");
        run.barrier("any barrier").await(LONG);
        run.event().await();
        lock.release();
        deep.release();
    }
}
