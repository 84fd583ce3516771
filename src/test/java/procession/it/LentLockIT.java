package procession.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import procession.Event;
import procession.Lock;
import procession.Outcome;
import procession.Queue;
import procession.core.Happening;
import procession.testkit.TestRun;

/** A lock that is lent to a child: it works there without the keeper, and everybody else gets it all the same. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class LentLockIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int TIMES = 500;

    @Test
    void aChildUsesALentLockByItselfUntilSomebodyElseAsks() throws Exception {
        try (var test = TestRun.start()) {
            var lock = test.run().lock("lock");
            var fences = test.run().<Long>queue();
            var over = test.run().event();
            var child = test.run().process(LentLockIT::useOften, lock, fences, over).start();
            long last = fences.get(PATIENCE);

            assertThat(lock.inspect().lentTo()).hasValueSatisfying(borrower -> assertThat(borrower.pid()).isEqualTo(child.pid().getAsLong()));
            try (var grant = lock.acquire(PATIENCE)) {
                assertThat(grant.fence()).isGreaterThan(last);
                assertThat(grant.abandoned()).isEmpty();
            }

            over.set();
            assertThat(child.join(PATIENCE)).containsInstanceOf(Outcome.Returned.class);
            assertThat(test.happenings().stream().filter(said -> said.kind() == Happening.Kind.GRANTED)).as("grants of the keeper")
                    .hasSizeLessThan(10);
        }
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
    void whoGetsALockNextThatWasLentToOneThatIsKilledIsTold() throws Exception {
        try (var test = TestRun.start()) {
            var lock = test.run().lock("lock");
            var fences = test.run().<Long>queue();
            var child = test.run().process(LentLockIT::useOften, lock, fences, test.run().event()).start();
            long last = fences.get(PATIENCE);

            child.kill();

            try (var grant = lock.acquire(PATIENCE)) {
                assertThat(grant.fence()).isGreaterThan(last);
                assertThat(grant.abandoned()).hasValueSatisfying(who -> assertThat(who.process()).isEqualTo(child.name()));
            }
        }
    }

    @Test
    void aChildThatEndsHandsBackWhatItHadOnLoan() throws Exception {
        try (var test = TestRun.start()) {
            var lock = test.run().lock("lock");
            var over = test.run().event();
            over.set();
            var child = test.run().process(LentLockIT::useOften, lock, test.run().<Long>queue(), over).start();

            assertThat(child.join(PATIENCE)).containsInstanceOf(Outcome.Returned.class);

            try (var grant = lock.acquire(PATIENCE)) {
                assertThat(grant.abandoned()).isEmpty();
            }
        }
    }

    @Test
    void withLendingOffEveryGrantIsTheKeepers() throws Exception {
        try (var test = TestRun.start(Map.of("procession.lock.lend", false))) {
            var lock = test.run().lock("lock");
            for (int time = 0; time < TIMES; time++) {
                lock.acquire().release();
            }

            assertThat(test.happenings().stream().filter(said -> said.kind() == Happening.Kind.GRANTED)).hasSize(TIMES);
        }
    }
}
