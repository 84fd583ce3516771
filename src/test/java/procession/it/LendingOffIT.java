package procession.it;

import static org.assertj.core.api.Assertions.assertThat;
import static procession.core.Happening.Kind.GRANTED;
import static procession.testkit.Expected.that;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import procession.Procession;
import procession.testkit.History;
import procession.testkit.ProcessionExtension;

/** Locks where none is lent. */
@Timeout(60)
class LendingOffIT {

    private static final int TIMES = 500;

    @RegisterExtension
    static final ProcessionExtension EXTENSION = ProcessionExtension.create().setting("procession.lock.lend", false).judged();

    @Test
    void everyGrantIsTheKeepers(Procession run, History history) throws Exception {
        var lock = run.lock();
        for (int time = 0; time < TIMES; time++) {
            lock.acquire().release();
        }

        assertThat(history.count(that(GRANTED).of(lock))).isEqualTo(TIMES);
    }
}
