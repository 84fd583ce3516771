package procession.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import procession.Row;
import procession.Semaphore;

/** Semaphores with a bound, and semaphores on which nothing is owed, in one process. */
class SemaphoreTest extends OneProcess {

    // With a bound.

    @Test
    @Row("BSEM-01")
    void permitsAreTakenAndReturned() throws Exception {
        var semaphore = run.boundedSemaphore(2);

        semaphore.acquire();
        var two = semaphore.acquire();
        assertThat(semaphore.tryAcquire()).isEmpty();
        semaphore.release();
        assertThat(semaphore.value()).isEqualTo(1);
        two.close();
        semaphore.acquire(2).close();
        assertThat(semaphore.value()).isEqualTo(2);
    }

    @Test
    @Row({"BSEM-02", "G13"})
    void atItsBoundAReleaseIsRefused() throws Exception {
        var semaphore = run.boundedSemaphore("lockers", 2);

        refused(semaphore, semaphore::release).isInstanceOf(IllegalStateException.class).hasMessage("Bounded semaphore 'lockers': The"
                + " semaphore is bounded by 2 permits; it has 2, so 1 more were not added.");
        refused(semaphore, () -> semaphore.release(Integer.MAX_VALUE)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Row("BSEM-02")
    void aReleaseOfWhichOnlyAPartFitsIsRefusedAndTheGrantStaysTheHolders() throws Exception {
        var semaphore = run.boundedSemaphore(2);
        var grant = semaphore.acquire();

        refused(semaphore, () -> semaphore.release(2)).isInstanceOf(IllegalStateException.class);

        grant.release();
        assertThat(semaphore.value()).isEqualTo(2);
    }

    @Test
    void aGrantThatIsReleasedTwiceIsRefused() throws Exception {
        var semaphore = run.boundedSemaphore(1);
        var grant = semaphore.acquire();
        grant.release();

        refused(semaphore, grant::release).isInstanceOf(IllegalStateException.class);
        refused(semaphore, semaphore::release).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Row("BSEM-04")
    void ofNoPermitsThereIsNothingToTakeAndNothingToGive() throws Exception {
        var semaphore = run.boundedSemaphore(0);

        assertThat(semaphore.tryAcquire()).isEmpty();
        refused(semaphore, semaphore::release).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Row({"BSEM-05", "G02"})
    void ofManyReleasesAtOnceNoMoreAreTakenThanFit() throws Exception {
        var semaphore = run.boundedSemaphore(3);
        semaphore.unowned().acquire(2);

        var releases = java.util.stream.Stream.generate(() -> Elsewhere.call(() -> {
            semaphore.unowned().release();
            return "added";
        })).limit(8).toList();
        int added = 0;
        for (var release : releases) {
            added += release.error() == null ? 1 : 0;
        }

        assertThat(added).isEqualTo(2);
        assertThat(semaphore.value()).isEqualTo(3);
    }

    @Test
    void aNameIsThatOfABoundedSemaphoreOrOfOneWithout() throws Exception {
        run.boundedSemaphore("bounded", 2).acquire();

        assertThat(run.boundedSemaphore("bounded").value()).isEqualTo(1);
        assertThatThrownBy(() -> run.semaphore("bounded", 2)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'bounded' is a bounded semaphore of 2, not a semaphore of 2.");
        assertThatThrownBy(() -> run.boundedSemaphore("bounded", 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> run.boundedSemaphore("no such")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> run.boundedSemaphore(-1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A semaphore starts with 0 or more, not -1.");
    }

    // Unowned.

    @Test
    void whatIsTakenUnownedIsOwedByNobody() throws Exception {
        var semaphore = run.semaphore(3);

        semaphore.unowned().acquire(2);
        semaphore.acquire();

        assertThat(semaphore.inspect().count("owed")).isEqualTo(1);
        assertThat(semaphore.value()).isZero();
    }

    @Test
    void anUnownedReleaseAddsAPermitAndWritesOffNothing() throws Exception {
        var semaphore = run.semaphore(1);
        var grant = semaphore.acquire();

        semaphore.unowned().release();

        assertThat(semaphore.inspect().count("owed")).isEqualTo(1);
        grant.release();
        assertThat(semaphore.value()).isEqualTo(2);
    }

    @Test
    void aGrantOfTheViewIsReleasedLikeAnyOther() throws Exception {
        var semaphore = run.semaphore(1).unowned();

        try (var grant = semaphore.acquire()) {
            assertThat(semaphore.value()).isZero();
        }
        var grant = semaphore.acquire();
        semaphore.release();

        assertThat(semaphore.value()).isEqualTo(1);
        refused(semaphore, grant::release).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theViewOfAViewIsTheViewAndNoneIsTheSemaphoreItself() {
        var semaphore = run.semaphore(1);

        assertThat(semaphore.unowned()).isEqualTo(semaphore.unowned()).isEqualTo(semaphore.unowned().unowned());
        assertThat(semaphore.unowned()).isNotEqualTo(semaphore);
    }

    @Test
    void aViewTravelsAsWhatItIs() throws Exception {
        var semaphore = run.semaphore(2);
        var queue = run.<Semaphore>queue();
        queue.put(semaphore.unowned());

        queue.get().acquire();

        assertThat(semaphore.inspect().count("owed")).isZero();
        assertThat(semaphore.value()).isEqualTo(1);
    }
}
