package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static procession.core.Happening.Kind.DONE;
import static procession.core.Happening.Kind.PROCESS_ENDED;
import static procession.core.Happening.Kind.REQUEUED;
import static procession.testkit.Expected.that;
import static procession.testkit.ProcessionAssertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import procession.Event;
import procession.JoinableQueue;
import procession.Lock;
import procession.Procession;
import procession.SharedMap;
import procession.testkit.History;
import procession.testkit.ProcessionExtension;
import procession.testkit.TestRun;

@Timeout(120)
class BoundedBufferTest {

    @RegisterExtension
    static final ProcessionExtension extension = ProcessionExtension.create();

    private JoinableQueue<Integer> buffer;
    private SharedMap<Integer, String> ledger;
    private Lock lock;

    @BeforeEach
    void newBuffer(Procession run) {
        buffer = run.joinableQueue(2);
        ledger = run.map();
        lock = run.lock();
    }

    @Test
    void aPartWhoseConsumerIsKilledGoesToAnother(Procession run, TestRun test, History history) throws Exception {
        var grant = lock.acquire(); // Nobody gets further than to have a part in hand.
        buffer.put(7);
        var doomed = run.process(BoundedBuffer::consume, buffer, lock, ledger).name("doomed").start();
        test.awaitWaiting("doomed");
        test.await("the part has been taken out", () -> buffer.size() == 0);

        test.kill(doomed);
        grant.release();
        run.process(BoundedBuffer::consume, buffer, lock, ledger).name("heir").start();
        buffer.join();

        assertEquals(Map.of(7, "heir"), ledger.snapshot());
        assertThat(history)
                .cameBack(buffer, 1)
                .everyItemDone(buffer)
                .neverHeldBy(lock, "doomed")
                .inThisOrder(that(PROCESS_ENDED).to("doomed"), that(REQUEUED).of(buffer), that(DONE).of(buffer).to("heir"));
    }

    @Test
    void whoStandsStillWithTheLockKeepsIt(Procession run, TestRun test, History history) throws Exception {
        Event mayRelease = run.event();
        var holder = run.process(BoundedBufferTest::hold, lock, mayRelease).name("holder").start();
        test.awaitWaiting("holder");
        test.pause(holder);
        mayRelease.set();

        assertTrue(lock.tryAcquire(Duration.ofMillis(200)).isEmpty());
        test.resume(holder);
        lock.acquire().release();

        assertThat(history).grantedInOrder(lock, "holder", "MainProcess").neverAbandoned(lock).heldByOneAtATime(lock);
    }

    static void hold(Lock lock, Event mayRelease) throws InterruptedException {
        try (var grant = lock.acquire()) {
            mayRelease.await();
        }
    }

    @Test
    void everyPartIsEnteredAndTheLawsHold(Procession run, TestRun test, History history) throws Exception {
        var consumers = new procession.Process[] {
            run.process(BoundedBuffer::consume, buffer, lock, ledger).name("consumer-1").start(),
            run.process(BoundedBuffer::consume, buffer, lock, ledger).name("consumer-2").start()
        };
        var producer = run.process(BoundedBuffer::produce, buffer, 0, 50).name("producer").start();
        test.await("some parts are in the ledger", () -> ledger.size() > 10);

        test.kill(consumers[0]);
        assertEquals(0, producer.join().exitCode());
        buffer.join();

        assertEquals(50, ledger.size());
        assertThat(history).everyItemDone(buffer).heldByOneAtATime(lock).noDeadlock().keepsTheLaws();
    }
}
