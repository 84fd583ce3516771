package procession.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import procession.BrokenPipeException;
import procession.Connection;
import procession.EmptyException;
import procession.EncodingException;
import procession.EndOfStreamException;
import procession.Event;
import procession.FullException;
import procession.Lock;
import procession.Procession;
import procession.Queue;
import procession.Row;

/** A pipe among real processes. */
class PipeIT extends OneRun {

    // Alone.

    @Test
    @Row("PIPE-02")
    void anEndOfAOneWayPipeDoesOneThing() throws Exception {
        try (var pipe = run.oneWayPipe()) {
            assertThat(pipe.first().isReadable()).isTrue();
            assertThat(pipe.first().isWritable()).isFalse();
            assertThat(pipe.second().isReadable()).isFalse();
            assertThat(pipe.second().isWritable()).isTrue();
            assertThatThrownBy(() -> pipe.first().send(1)).isInstanceOf(IllegalStateException.class)
                    .message().startsWith("First end of pipe ").endsWith("only receives: the pipe is one-way.");
            assertThatThrownBy(() -> pipe.second().receive()).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> pipe.second().poll()).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    @Row({"PIPE-03", "K4"})
    void withNothingUnderWayAPollSaysNoAndAReceiveTimesOut() throws Exception {
        try (var pipe = run.pipe()) {
            long before = System.nanoTime();
            assertThat(pipe.first().poll()).isFalse();
            assertThat(pipe.first().poll(Duration.ofSeconds(-1))).isFalse();
            assertThat(pipe.first().poll(SHORT)).isFalse();
            assertThatThrownBy(() -> pipe.first().receive(SHORT)).isInstanceOf(EmptyException.class);
            assertThatThrownBy(() -> pipe.first().receive(Duration.ZERO)).isInstanceOf(EmptyException.class);
            assertThat(System.nanoTime() - before).isGreaterThan(2 * SHORT.toNanos());
        }
    }

    @Test
    @Row({"PIPE-04", "PIPE-05"})
    void aPollConsumesNothing() throws Exception {
        try (var pipe = run.pipe()) {
            pipe.second().send(new byte[0]);

            assertThat(pipe.first().poll()).isTrue();
            assertThat(pipe.first().poll(LONG)).isTrue();
            assertThat(pipe.first().receive(byte[].class)).isEmpty();
            assertThat(pipe.first().poll()).isFalse();
        }
    }

    @Test
    @Row({"PIPE-07", "PIPE-08", "PIPE-09"})
    void whatWasSentBeforeTheCloseIsReceivedThenTheStreamEndsForGood() throws Exception {
        try (var pipe = run.pipe()) {
            pipe.second().send("last");
            pipe.second().close();

            assertThat(pipe.first().receive()).isEqualTo("last");
            assertThat(pipe.first().poll()).isTrue();
            assertThatThrownBy(() -> pipe.first().receive()).isInstanceOf(EndOfStreamException.class);
            assertThatThrownBy(() -> pipe.first().receive()).isInstanceOf(EndOfStreamException.class);
            assertThat(pipe.first().isClosed()).isFalse();
            assertThatThrownBy(() -> pipe.first().send("too late")).isInstanceOf(BrokenPipeException.class);
        }
    }

    @Test
    @Row({"PIPE-10", "G16"})
    void unreadMessagesOfMineDoNotKeepMeFromWhatTheOtherSent() throws Exception {
        try (var pipe = run.pipe()) {
            pipe.first().send("never read");
            pipe.second().send("to be read");
            pipe.second().close();

            assertThat(pipe.first().receive()).isEqualTo("to be read");
            assertThatThrownBy(() -> pipe.first().receive()).isInstanceOf(EndOfStreamException.class);
        }
    }

    @Test
    @Row("PIPE-11")
    void aClosedEndRefusesEverythingButAnotherClose() throws Exception {
        var pipe = run.pipe();
        pipe.first().close();
        pipe.first().close();

        assertThat(pipe.first().isClosed()).isTrue();
        assertThatThrownBy(() -> pipe.first().receive()).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has been closed in this process");
        assertThatThrownBy(() -> pipe.first().poll()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> pipe.first().send(1)).isInstanceOf(IllegalStateException.class);
        Queue<Object> queue = run.queue();
        assertThatThrownBy(() -> queue.put(pipe.first())).isInstanceOf(IllegalStateException.class);
        pipe.close();
    }

    @Test
    @Row("PIPE-12")
    void aPipeInABlockIsClosedAtTheEndOfTheBlock() throws Exception {
        procession.Pipe left;
        try (var pipe = run.pipe()) {
            left = pipe;
        }

        assertThat(left.first().isClosed()).isTrue();
        assertThat(left.second().isClosed()).isTrue();
    }

    @Test
    void aCallThatWaitsFailsWhenItsEndIsClosed() throws Exception {
        try (var pipe = run.pipe()) {
            var receiving = pipe.first().receiveAsync();

            pipe.first().close();

            assertThatThrownBy(() -> receiving.get(5, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class)
                    .cause().isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    @Row("PIPE-19")
    void whatCannotTravelIsRefusedInTheSendAndThePipeGoesOn() throws Exception {
        try (var pipe = run.pipe()) {
            assertThatThrownBy(() -> pipe.first().send(new Thread())).isInstanceOf(EncodingException.class);
            pipe.first().send("good");
            assertThat(pipe.second().receive()).isEqualTo("good");
        }
    }

    @Test
    @Row({"PIPE-18", "G16", "G30"})
    void aFullPipeMakesItsSenderWait() throws Exception {
        try (var pipe = run.oneWayPipe()) {
            pipe.second().send(new byte[2 << 20]);

            assertThatThrownBy(() -> pipe.second().send("more", SHORT)).isInstanceOf(FullException.class);
            var sending = pipe.second().sendAsync("more");
            assertThat(pipe.first().receive(byte[].class)).hasSize(2 << 20);
            sending.get(5, TimeUnit.SECONDS);
            assertThat(pipe.first().receive()).isEqualTo("more");
        }
    }

    // Between processes.

    @Test
    @Row({"PIPE-01", "K5"})
    void aDuplexPipeCarriesBothWaysWholeMessagesOneByOne() throws Exception {
        try (var pipe = run.pipe()) {
            run.process(PipeIT::echoes, pipe.second()).start();
            pipe.second().close();
            var messages = List.of("text", 1, 2L, List.of(), new HashMap<>(Map.of("k", 'v')), Duration.ofSeconds(1));

            for (Object message : messages) {
                pipe.first().send(message);
            }
            for (Object message : messages) {
                assertThat(pipe.first().receive(LONG)).isEqualTo(message);
            }
            pipe.first().send(null);

            assertThatThrownBy(() -> pipe.first().receive(LONG)).isInstanceOf(EndOfStreamException.class);
        }
    }

    private static void echoes(Connection end) throws InterruptedException {
        try (end) {
            for (Object message = end.receive(); message != null; message = end.receive()) {
                end.send(message);
            }
        }
    }

    @Test
    @Row("PIPE-17")
    void sixteenMegabytesGoThereAndBackWhole() throws Exception {
        try (var pipe = run.pipe()) {
            run.process(PipeIT::echoes, pipe.second()).jvmOptions("-Xmx512m").start();
            var big = new byte[16 << 20];
            new java.util.Random(1).nextBytes(big);

            pipe.first().send(big);

            assertThat(java.util.Arrays.equals(pipe.first().receive(byte[].class), big)).isTrue();
            pipe.first().send(null);
        }
    }

    @Test
    @Row({"PIPE-20", "PIPE-14", "G16"})
    void twoChildrenTalkWhenMainHasClosedItsEndsRightAfterTheStart() throws Exception {
        var pipe = run.oneWayPipe();
        var receiver = run.process(PipeIT::collects, pipe.first()).start();
        var sender = run.process(PipeIT::sends, pipe.second(), List.of("a", "b", "c")).start();
        pipe.close();

        assertThat(sender.join().exitCode()).isZero();
        assertThat(receiver.join().value()).isEqualTo("abc");
    }

    private static void sends(Connection end, List<String> texts) throws InterruptedException {
        for (var text : texts) {
            end.send(text);
        }
    }

    private static String collects(Connection end) throws InterruptedException {
        var all = new StringBuilder();
        try {
            while (true) {
                all.append(end.receive(String.class));
            }
        } catch (EndOfStreamException over) {
            return all.toString();
        }
    }

    @Test
    @Row({"PIPE-14", "PIPE-16", "G16"})
    void theStreamEndsWhenTheLastProcessWithTheSendingEndIsDead() throws Exception {
        var pipe = run.oneWayPipe();
        var never = run.event();
        var one = run.process(PipeIT::sendsAndWaits, pipe.second(), never).name("one").start();
        var two = run.process(PipeIT::sendsAndWaits, pipe.second(), never).name("two").start();
        pipe.second().close();
        test.awaitWaiting("one");
        test.awaitWaiting("two");
        pipe.first().receive();
        pipe.first().receive();

        test.kill(one);
        assertThat(pipe.first().poll(SHORT)).isFalse();
        test.kill(two);

        assertThat(pipe.first().poll(LONG)).isTrue();
        assertThatThrownBy(() -> pipe.first().receive()).isInstanceOf(EndOfStreamException.class);
        pipe.close();
    }

    private static void sendsAndWaits(Connection end, Event never) throws InterruptedException {
        end.send("here I am");
        never.await();
        end.close();
    }

    @Test
    @Row("PIPE-09")
    void aSenderIsToldThatNobodyReceivesAnyMore() throws Exception {
        var pipe = run.oneWayPipe();
        var receiver = run.process(PipeIT::collects, pipe.first()).name("receiver").start();
        pipe.first().close();
        test.awaitWaiting("receiver");

        test.kill(receiver);

        assertThatThrownBy(() -> pipe.second().send("too late")).isInstanceOf(BrokenPipeException.class);
        pipe.close();
    }

    @Test
    void aReceiverKilledWhileItWaitsLeavesTheEndToTheOthers() throws Exception {
        try (var pipe = run.pipe()) {
            var doomed = run.process(PipeIT::collects, pipe.first()).name("doomed").start();
            test.awaitWaiting("doomed");

            test.kill(doomed);
            pipe.second().send("for main");

            assertThat(pipe.first().receive(LONG)).isEqualTo("for main");
        }
    }

    @Test
    @Row("PIPE-06")
    void whoPollsTakesNothingFromWhoReceives() throws Exception {
        try (var pipe = run.oneWayPipe()) {
            run.process(PipeIT::polls, pipe.first()).name("poller").start();
            test.awaitWaiting("poller");

            pipe.second().send("whole");

            assertThat(pipe.first().receive()).isEqualTo("whole");
        }
    }

    private static void polls(Connection end) throws InterruptedException {
        end.poll(LONG);
    }

    @Test
    @Row("PIPE-21")
    void aConnectionTravelsThroughAConnection() throws Exception {
        try (var pipe = run.pipe()) {
            run.process(PipeIT::answersOnWhatArrives, pipe.second()).start();
            var inner = run.oneWayPipe();
            pipe.first().send(inner.second());
            inner.second().close();

            assertThat(inner.first().receive(LONG)).isEqualTo("through the inner pipe");
            assertThatThrownBy(() -> inner.first().receive(LONG)).isInstanceOf(EndOfStreamException.class);
        }
    }

    private static void answersOnWhatArrives(Connection outer) throws InterruptedException {
        try (var inner = outer.receive(Connection.class)) {
            inner.send("through the inner pipe");
        }
        outer.receive();
    }

    @Test
    @Row({"PIPE-21", "G16"})
    void aStreamDoesNotEndWhileItsSendingEndIsUnderWay() throws Exception {
        Queue<Connection> ends = run.queue();
        var pipe = run.oneWayPipe();
        ends.put(pipe.second());
        pipe.second().close();

        assertThat(pipe.first().poll(SHORT)).isFalse();
        run.process(PipeIT::sendsOnWhatArrives, ends).start();

        assertThat(pipe.first().receive(LONG)).isEqualTo("late");
        assertThatThrownBy(() -> pipe.first().receive(LONG)).isInstanceOf(EndOfStreamException.class);
        pipe.close();
    }

    private static void sendsOnWhatArrives(Queue<Connection> ends) throws InterruptedException {
        try (var end = ends.get()) {
            end.send("late");
        }
    }

    @Test
    @Row({"PIPE-22", "G24"})
    void aProcessOlderThanThePipeUsesIt() throws Exception {
        Queue<Connection> ends = run.queue();
        var child = run.process(PipeIT::sendsOnWhatArrives, ends).name("older").start();
        test.awaitWaiting("older");
        var pipe = run.oneWayPipe();

        ends.put(pipe.second());

        assertThat(pipe.first().receive(LONG)).isEqualTo("late");
        assertThat(child.join().exitCode()).isZero();
        pipe.close();
    }

    @Test
    void aPausedSenderDoesNotEndTheStream() throws Exception {
        var pipe = run.oneWayPipe();
        var event = run.event();
        var sender = run.process(PipeIT::sendsAndWaits, pipe.second(), event).name("sender").start();
        pipe.second().close();
        test.awaitWaiting("sender");
        pipe.first().receive();
        test.pause(sender);

        assertThat(pipe.first().poll(Duration.ofSeconds(2))).isFalse();
        event.set();
        test.resume(sender);

        assertThatThrownBy(() -> pipe.first().receive(LONG)).isInstanceOf(EndOfStreamException.class);
        pipe.close();
    }

    @Test
    @Row("PIPE-24")
    void manySendersUnderOneLockSendWholeMessages() throws Exception {
        var pipe = run.oneWayPipe();
        var lock = run.lock();
        run.process(PipeIT::sendsRounds, pipe.second(), lock).name("a").start();
        run.process(PipeIT::sendsRounds, pipe.second(), lock).name("b").start();
        pipe.second().close();

        var next = new HashMap<>(Map.of("a", 0, "b", 0));
        for (int i = 0; i < 1000; i++) {
            var message = (String) pipe.first().receive(LONG);
            int round = next.merge(message.substring(0, 1), 1, Integer::sum) - 1;
            assertThat(message).isEqualTo(message.charAt(0) + " " + round + "x".repeat(round));
        }
        assertThatThrownBy(() -> pipe.first().receive(LONG)).isInstanceOf(EndOfStreamException.class);
        pipe.close();
    }

    private static void sendsRounds(Connection end, Lock lock) throws InterruptedException {
        var name = Procession.currentProcess().name();
        for (int round = 0; round < 500; round++) {
            try (var grant = lock.acquire()) {
                end.send(name + " " + round + "x".repeat(round));
            }
        }
    }
}
