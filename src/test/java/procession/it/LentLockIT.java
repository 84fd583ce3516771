package procession.it;

import static org.assertj.core.api.Assertions.assertThat;
import static procession.core.Happening.Kind.GRANTED;
import static procession.testkit.Expected.that;
import static procession.testkit.ProcessionAssertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import procession.Event;
import procession.Lock;
import procession.Outcome;
import procession.Procession;
import procession.Queue;
import procession.testkit.History;
import procession.testkit.ProcessionExtension;

/** A lock that is lent to a child: it works there without the keeper, and everybody else gets it all the same. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class LentLockIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int TIMES = 500;

    @RegisterExtension
    static final ProcessionExtension EXTENSION = ProcessionExtension.create().judged();

    @Test
    void aChildUsesALentLockByItselfUntilSomebodyElseAsks(Procession run, History history) throws Exception {
        var lock = run.lock();
        var fences = run.<Long>queue();
        var over = run.event();
        var child = run.process(LentLockIT::useOften, lock, fences, over).start();
        long last = fences.get(PATIENCE);

        assertThat(lock.inspect().lentTo()).hasValueSatisfying(borrower -> assertThat(borrower.pid()).isEqualTo(child.pid().getAsLong()));
        try (var grant = lock.acquire(PATIENCE)) {
            assertThat(grant.fence()).isGreaterThan(last);
            assertThat(grant.abandoned()).isEmpty();
        }

        over.set();
        assertThat(child.join(PATIENCE)).containsInstanceOf(Outcome.Returned.class);
        assertThat(history.count(that(GRANTED).of(lock))).as("grants of the keeper").isLessThan(10);
        assertThat(history).heldByOneAtATime(lock);
        assertThat(history.holds(lock)).hasSize(TIMES + 1);
    }

    static void useOften(Lock lock, Queue<Long> fences, Event over) throws InterruptedException {
        long last = 0;
        for (int time = 0; time < TIMES; time++) {
            try (var grant = lock.acquire()) {
                if (grant.fence() <= last) {
                    throw new IllegalStateException("fence " + grant.fence() + " after " + last);
                }
                last = grant.fence();
            }
        }
        fences.put(last);
        over.await();
    }

    @Test
    void whoGetsALockNextThatWasLentToOneThatIsKilledIsTold(Procession run) throws Exception {
        var lock = run.lock();
        var fences = run.<Long>queue();
        var child = run.process(LentLockIT::useOften, lock, fences, run.event()).start();
        long last = fences.get(PATIENCE);

        child.kill();

        try (var grant = lock.acquire(PATIENCE)) {
            assertThat(grant.fence()).isGreaterThan(last);
            assertThat(grant.abandoned()).hasValueSatisfying(who -> assertThat(who.process()).isEqualTo(child.name()));
        }
    }

    @Test
    void aChildThatEndsHandsBackWhatItHadOnLoan(Procession run) throws Exception {
        var lock = run.lock();
        var over = run.event();
        over.set();
        var child = run.process(LentLockIT::useOften, lock, run.<Long>queue(), over).start();

        assertThat(child.join(PATIENCE)).containsInstanceOf(Outcome.Returned.class);

        try (var grant = lock.acquire(PATIENCE)) {
            assertThat(grant.abandoned()).isEmpty();
        }
    }
}
