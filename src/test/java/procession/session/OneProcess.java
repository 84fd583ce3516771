package procession.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import procession.Primitive;
import procession.Procession;

/** The tests of a class share a run of one process: its threads are all there is. */
@Timeout(60)
abstract class OneProcess {

    static final Duration SHORT = Duration.ofMillis(20);
    static final Duration LONG = Duration.ofSeconds(10);
    static final Duration BEFORE_NOW = Duration.ofSeconds(-1);

    static Procession run;

    @BeforeAll
    static void startRun() {
        run = Procession.start();
    }

    @AfterAll
    static void endRun() {
        run.close();
    }

    /** Misuse is loud, and whoever looks into the primitive afterwards sees what was there before. */
    static AbstractThrowableAssert<?, ? extends Throwable> refused(Primitive primitive, ThrowingCallable misuse)
            throws InterruptedException {
        var before = stateOf(primitive);
        var refusal = assertThatThrownBy(misuse);
        assertThat(stateOf(primitive)).isEqualTo(before);
        return refusal;
    }

    /** What can be seen of a primitive, but for the times. */
    private static List<Object> stateOf(Primitive primitive) throws InterruptedException {
        var seen = primitive.inspect();
        return List.of(seen.counts(),
                seen.holders().stream().map(holder -> List.of(holder.pid(), holder.thread(), holder.fence(), holder.units())).toList(),
                seen.waiters().stream().map(waiter -> List.of(waiter.pid(), waiter.thread(), waiter.waits())).toList());
    }
}
