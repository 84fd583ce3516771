package procession.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import procession.Inspection;
import procession.Primitive;
import procession.Row;

/** Looking into primitives, in one process. */
class InspectTest extends OneProcess {

    @Test
    @Row({"LOCK-24", "G28"})
    void ofALockIsSeenWhoHoldsItUnderWhichFenceAndSinceWhenAndWhoWaits() throws Exception {
        var lock = run.lock("till");
        assertThat(lock.inspect().holders()).isEmpty();
        var before = Instant.now();
        var grant = lock.acquire();
        var waiting = Elsewhere.waits(lock, lock::acquire);

        var seen = lock.inspect();

        assertThat(seen.primitive()).isEqualTo("lock 'till'");
        assertThat(seen.holders()).singleElement().satisfies(holder -> {
            assertThat(holder.process()).isEqualTo("MainProcess");
            assertThat(holder.pid()).isEqualTo(ProcessHandle.current().pid());
            assertThat(holder.thread()).isEqualTo(Thread.currentThread().threadId());
            assertThat(holder.fence()).isEqualTo(grant.fence());
            assertThat(holder.since()).isBetween(before, Instant.now());
        });
        assertThat(seen.waiters()).singleElement().satisfies(waiter -> {
            assertThat(waiter.waits()).isEqualTo("to acquire it");
            assertThat(waiter.thread()).isNotEqualTo(Thread.currentThread().threadId());
            assertThat(waiter.since()).isBetween(before, seen.at());
        });
        grant.release();
        waiting.result().release();
    }

    @Test
    @Row("LOCK-24")
    void afterAReleaseTheNextHolderIsSeenAndNoOther() throws Exception {
        var lock = run.lock();
        lock.acquire().release();
        assertThat(lock.inspect().holders()).isEmpty();

        var grant = lock.acquireAsync().get(10, TimeUnit.SECONDS);

        assertThat(lock.inspect().holders()).extracting(Inspection.Holder::fence, Inspection.Holder::thread)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(grant.fence(), 0L));
    }

    @Test
    @Row("G28")
    void everyPrimitiveCanBeLookedInto() throws Exception {
        var pipe = run.pipe();
        pipe.second().send("message");
        List<Primitive> all = List.of(run.lock(), run.rlock(), run.lock().newCondition("full"),
                run.semaphore(2), run.boundedSemaphore(2), run.semaphore(2).unowned(), run.event(), run.barrier(2),
                run.simpleQueue(), run.queue(2), run.joinableQueue(), pipe.first());

        for (var primitive : all) {
            assertThat(primitive.inspect().counts()).as("%s", primitive).containsEntry("holders", 0L).containsEntry("waiters", 0L);
            assertThat(primitive.inspectAsync().get(10, TimeUnit.SECONDS).primitive()).isEqualTo(primitive.inspect().primitive());
        }
        assertThat(pipe.first().inspect().count("to-first")).isEqualTo(1);
    }

    @Test
    @Row("G28")
    void itIsToldToPeopleInLines() throws Exception {
        var semaphore = run.semaphore("lockers", 3);
        var owed = semaphore.acquire(2);
        var waiting = Elsewhere.waits(semaphore, () -> semaphore.acquire(2));

        assertThat(semaphore.inspect().toString()).matches("semaphore 'lockers' \\{holders=1, owed=2, value=1, waiters=1}\n"
                + "  held by MainProcess \\(pid \\d+, thread \\d+\\) for \\d\\.\\d s, fence \\d+, 2 times\n"
                + "  MainProcess \\(pid \\d+, thread \\d+\\) waits to acquire 2 permits for \\d\\.\\d s");

        owed.release();
        waiting.result().release();
    }

    @Test
    void aCountThatThereIsNotIsZero() throws Exception {
        assertThat(run.event().inspect().count("no such count")).isZero();
    }
}
