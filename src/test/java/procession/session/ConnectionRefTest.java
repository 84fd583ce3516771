package procession.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import procession.Connection;
import procession.Procession;

/** Ends of pipes as actors use them. */
class ConnectionRefTest {

    private static final Optional<Duration> FOR_EVER = Optional.empty();
    private static final Optional<Duration> AT_ONCE = Optional.of(Duration.ZERO);

    private static Procession run;

    @BeforeAll
    static void start() {
        run = Procession.start();
    }

    @AfterAll
    static void close() {
        run.close();
    }

    @Test
    void messagesGoThroughThenTheStreamEnds() throws Exception {
        var pipe = run.oneWayPipe();
        try (var a = new Asker<Connection.Reply>(run)) {
            pipe.second().ref().tell(new Connection.Send("hello", FOR_EVER, a.ref()));
            assertThat(a.next()).isEqualTo(new Connection.Accepted());
            pipe.first().ref().tell(new Connection.Receive(FOR_EVER, a.ref()));
            assertThat(a.next()).isEqualTo(new Connection.Message("hello"));
            pipe.first().ref().tell(new Connection.Receive(AT_ONCE, a.ref()));
            assertThat(a.next(Connection.TimedOut.class).message()).contains("first end");

            pipe.second().close();
            pipe.first().ref().tell(new Connection.Receive(FOR_EVER, a.ref()));

            assertThat(a.next()).isEqualTo(new Connection.EndOfStream());
        }
    }

    @Test
    void whoSendsToNobodyIsRefused() throws Exception {
        var pipe = run.oneWayPipe();
        pipe.first().close();
        try (var a = new Asker<Connection.Reply>(run)) {
            pipe.second().ref().tell(new Connection.Send("hello", FOR_EVER, a.ref()));

            assertThat(a.next(Connection.Refused.class).code()).isEqualTo("broken-pipe");
        }
    }

    @Test
    void theWrongWayIsRefused() throws Exception {
        var pipe = run.oneWayPipe();
        try (var a = new Asker<Connection.Reply>(run)) {
            pipe.first().ref().tell(new Connection.Send("hello", FOR_EVER, a.ref()));
            assertThat(a.next(Connection.Refused.class).code()).isEqualTo("wrong-way");

            pipe.second().ref().tell(new Connection.Receive(FOR_EVER, a.ref()));
            assertThat(a.next(Connection.Refused.class).code()).isEqualTo("wrong-way");
        }
    }

    @Test
    void closingRefusesWhatWaitsAndWhatComes() throws Exception {
        var pipe = run.pipe();
        var ref = pipe.first().ref();
        try (var a = new Asker<Connection.Reply>(run)) {
            ref.tell(new Connection.Receive(FOR_EVER, a.ref()));
            await().until(() -> ((Handle) pipe.first()).inspect().waiters().size() == 1);

            pipe.first().close();
            ref.tell(new Connection.Send("hello", FOR_EVER, a.ref()));

            assertThat(a.next(Connection.Refused.class).code()).isEqualTo("closed");
            assertThat(a.next(Connection.Refused.class).code()).isEqualTo("closed");
            assertThatThrownBy(() -> pipe.first().ref()).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
        }
    }

    @Test
    void aWaitEndsWithItsActor() throws Exception {
        var pipe = run.pipe();
        var end = (Handle) pipe.first();
        try (var a = new Asker<Connection.Reply>(run)) {
            pipe.first().ref().tell(new Connection.Receive(FOR_EVER, a.ref()));
            await().until(() -> end.inspect().waiters().size() == 1);
        }
        await().until(() -> end.inspect().waiters().isEmpty());
        pipe.second().send("kept");
        assertThat(pipe.first().receive()).isEqualTo("kept");
    }

    @Test
    void eachCopyOfAnEndHasAnActorOfItsOwn() throws Exception {
        var pipe = run.oneWayPipe();
        var queue = run.<Connection>queue();
        queue.put(pipe.first());
        var copy = queue.get();

        pipe.first().close();

        try (var a = new Asker<Connection.Reply>(run)) {
            pipe.second().send("hello");
            copy.ref().tell(new Connection.Receive(FOR_EVER, a.ref()));
            assertThat(a.next()).isEqualTo(new Connection.Message("hello"));
            assertThat(copy.ref()).isSameAs(copy.ref());
        }
    }
}
