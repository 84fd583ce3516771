package procession.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import procession.core.Request;
import procession.core.Sent;

class BriefWaitTest {

    private final BriefWait brief = new BriefWait();
    private final Call call = Call.awaited(this, new Request.FindDeadlocks(), Sent.FOR_EVER);

    @BeforeEach
    void thereAreCores() {
        assumeThat(Runtime.getRuntime().availableProcessors()).isGreaterThan(1);
    }

    private void took(int times, long nanos) {
        for (int i = 0; i < times; i++) {
            brief.took(nanos);
        }
    }

    @Test
    void whereAnswersComeSoonTheyAreLookedOutFor() {
        assertThat(brief.pays()).as("before anything is known").isFalse();

        took(50, BriefWait.MOST / 2);

        assertThat(brief.pays()).isTrue();
    }

    @Test
    void whereAnswersComeLateThreadsParkAtOnce() {
        took(50, BriefWait.MOST / 2);

        took(10, Long.MAX_VALUE);

        assertThat(brief.pays()).isFalse();
    }

    @Test
    void anAnswerThatDoesNotComeIsNotLookedOutForForEver() {
        took(50, BriefWait.MOST / 2);

        brief.await(call);

        assertThat(call.end()).isNull();
    }

    @Test
    void anInterruptIsKept() {
        took(50, BriefWait.MOST / 2);
        Thread.currentThread().interrupt();

        brief.await(call);

        assertThat(Thread.interrupted()).isTrue();
    }
}
