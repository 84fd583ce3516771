package procession.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import procession.RunEndedException;
import procession.core.Hello;

/** A process that has joined leaves, with the wire between it and the keeper in the test's hands. */
class LeaveTest {

    private static final Duration AT_ONCE = Duration.ZERO;

    private final Wired wired = new Wired(new Hello(0, 4711, "Joined-1", 1, ""));
    private final Session session = wired.session;

    @Test
    void whatWaitsAndWhatComesIsToldThatItHasLeft() {
        var waiting = wired.handles.event().awaitAsync();
        wired.settle();

        session.leave();

        assertThatThrownBy(waiting::get).isInstanceOf(ExecutionException.class).cause().isInstanceOf(RunEndedException.class)
                .hasMessageStartingWith("This process has left the run;");
        assertThatThrownBy(wired.handles::lock).isInstanceOf(RunEndedException.class)
                .hasMessageStartingWith("This process has left the run;");
        assertThat(session.isEnded()).isTrue();
    }

    @Test
    void itIsOverWhenTheKeeperHasLetItGo() throws Exception {
        session.leave();
        wired.reachKeeper();

        assertThat(wired.members()).isEmpty();
        assertThat(session.awaitEnd(AT_ONCE)).isFalse();
        wired.reachSession();
        assertThat(session.awaitEnd(AT_ONCE)).isTrue();
    }

    @Test
    void anAnswerThatIsLostLeavesItWaitingUntilSomebodyElseSaysSo() throws Exception {
        session.leave();
        wired.reachKeeper();
        wired.loseAnswers();

        wired.settle();
        assertThat(session.awaitEnd(AT_ONCE)).isFalse();
        session.end();
        assertThat(session.awaitEnd(AT_ONCE)).isTrue();
    }

    @Test
    void leavingAgainAndLeavingARunThatIsOverIsNothing() {
        session.leave();
        session.leave();
        wired.settle();
        session.leave();

        assertThat(wired.hasSent()).isFalse();
        assertThat(session.hasLeft()).isTrue();
    }

    @Test
    void theEndOfTheRunIsNotCalledLeaving() {
        session.end();
        session.leave();

        assertThat(session.hasLeft()).isFalse();
        assertThatThrownBy(wired.handles::lock).isInstanceOf(RunEndedException.class).hasMessageStartingWith("The run has ended;");
    }
}
