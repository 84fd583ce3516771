package procession.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import procession.Connection;
import procession.EmptyException;
import procession.EncodingException;
import procession.EndOfStreamException;
import procession.FullException;
import procession.JoinableQueue;
import procession.Queue;
import procession.ShutDownException;
import procession.SimpleQueue;

/** Windows of queues and connections, in one process. */
class WindowTest extends OneProcess {

    private static final int MANY = 5000;

    private static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    // Order, and what is lost: nothing.

    @Test
    void whatIsPutThroughAWindowIsGotThroughAWindowInItsOrder() throws Exception {
        SimpleQueue<Integer> queue = run.simpleQueue();
        var got = new ArrayList<Integer>();

        try (var in = queue.window(7); var out = queue.window(100)) {
            var getter = CompletableFuture.runAsync(() -> {
                try {
                    for (int i = 0; i < MANY; i++) {
                        got.add(in.get());
                    }
                } catch (InterruptedException never) {
                    throw new AssertionError(never);
                }
            });
            for (int i = 0; i < MANY; i++) {
                out.put(i);
            }
            getter.get(30, TimeUnit.SECONDS);
        }

        assertThat(got).isEqualTo(numbers(0, MANY));
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void aWindowOfOneWorks() throws Exception {
        SimpleQueue<Integer> queue = run.simpleQueue();
        try (var window = queue.window(1)) {
            for (int i = 0; i < 50; i++) {
                window.put(i);
                assertThat(window.get()).isEqualTo(i);
            }
        }
    }

    @Test
    void nullAndBigItemsAreItemsToo() throws Exception {
        SimpleQueue<byte[]> queue = run.simpleQueue();
        try (var window = queue.window(10)) {
            window.put(new byte[300_000]);
            window.put(null);
            window.put(new byte[30_000]);
            window.put(new byte[30_000]);
            assertThat(window.get()).hasSize(300_000);
            assertThat(window.get()).isNull();
            assertThat(window.get()).hasSize(30_000);
            assertThat(window.get()).hasSize(30_000);
        }
    }

    @Test
    void handlesTravelThroughWindows() throws Exception {
        SimpleQueue<Connection> queue = run.simpleQueue();
        var pipe = run.pipe();
        try (var window = queue.window(10)) {
            window.put(pipe.second());
            pipe.second().close();
            try (var received = window.get()) {
                received.send("through a copy that travelled");
                assertThat(pipe.first().receive(LONG)).isEqualTo("through a copy that travelled");
            }
            window.flush();
        }
        assertThatThrownBy(() -> pipe.first().receive(LONG)).isInstanceOf(EndOfStreamException.class);
        pipe.first().close();
    }

    @Test
    void windowsAndTheQueueItselfKeepOneOrder() throws Exception {
        SimpleQueue<Integer> queue = run.simpleQueue();
        try (var window = queue.window(10)) {
            queue.put(0);
            window.put(1);
            window.put(2);
            window.flush();
            queue.put(3);
            assertThat(List.of(queue.get(), window.get(), window.get(), window.get())).containsExactly(0, 1, 2, 3);
        }
    }

    // Puts.

    @Test
    void afterAFlushTheQueueHasEverything() throws Exception {
        Queue<Integer> queue = run.queue();
        try (var window = queue.window(100)) {
            for (int i = 0; i < 350; i++) {
                window.put(i);
            }
            window.flush();
            assertThat(queue.size()).isEqualTo(350);
        }
    }

    @Test
    void itRunsAheadOfAFullQueueByItsSizeAndNoFurther() throws Exception {
        Queue<Integer> queue = run.queue(2);
        try (var window = queue.window(3)) {
            queue.put(0);
            queue.put(1);
            for (int i = 2; i < 5; i++) {
                window.put(i, LONG);
            }
            assertThatThrownBy(() -> window.put(5, SHORT)).isInstanceOf(FullException.class).hasMessageContaining("3 puts");
            assertThat(window.flush(SHORT)).isFalse();
            assertThat(queue.size()).isEqualTo(2);

            for (int i = 0; i < 5; i++) {
                assertThat(queue.get(LONG)).isEqualTo(i);
            }
            window.put(5, LONG);
            assertThat(window.flush(LONG)).isTrue();
        }
    }

    @Test
    void whatCannotTravelIsRefusedAtOnceAndTheRestGoesOn() throws Exception {
        SimpleQueue<Object> queue = run.simpleQueue();
        try (var window = queue.window(10)) {
            window.put("first");
            assertThatThrownBy(() -> window.put(new Thread())).isInstanceOf(EncodingException.class);
            window.put("second");
            assertThat(window.get()).isEqualTo("first");
            assertThat(window.get()).isEqualTo("second");
        }
    }

    @Test
    void aRefusalIsToldByFlush() throws Exception {
        SimpleQueue<Integer> queue = run.simpleQueue();
        try (var window = queue.window(10)) {
            queue.shutdown();
            window.put(1);
            assertThatThrownBy(window::flush).isInstanceOf(ShutDownException.class).hasMessageContaining("shut down");
        }
    }

    @Test
    void aRefusalIsToldByCloseIfNothingElseDid() throws Exception {
        SimpleQueue<Integer> queue = run.simpleQueue();
        var window = queue.window(10);
        queue.shutdown();
        window.put(1);

        assertThatThrownBy(window::close).isInstanceOf(ShutDownException.class);
        window.close();
        assertThatThrownBy(() -> window.put(2)).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
    }

    @Test
    void whatWaitsForRoomIsRefusedWhenTheQueueIsShutDown() throws Exception {
        Queue<Integer> queue = run.queue(1);
        try (var window = queue.window(4)) {
            for (int i = 0; i < 5; i++) {
                window.put(i);
            }
            assertThat(window.flush(SHORT)).isFalse();
            queue.shutdown();
            assertThatThrownBy(window::flush).isInstanceOf(ShutDownException.class);
            assertThat(queue.get()).isZero();
            assertThatThrownBy(queue::get).isInstanceOf(ShutDownException.class);
        }
    }

    @Test
    void closingWaitsForNoRoom() throws Exception {
        Queue<Integer> queue = run.queue(1);
        try (var window = queue.window(10)) {
            for (int i = 0; i < 8; i++) {
                window.put(i);
            }
        }
        for (int i = 0; i < 8; i++) {
            assertThat(queue.get(LONG)).isEqualTo(i);
        }
    }

    // Gets.

    @Test
    void whatWasNotConsumedGoesBackToItsPlaceWhenItIsClosed() throws Exception {
        Queue<Integer> queue = run.queue();
        for (int i = 0; i < 10; i++) {
            queue.put(i);
        }
        try (var window = queue.window(8)) {
            assertThat(window.get()).isZero();
            assertThat(window.get()).isEqualTo(1);
            assertThat(queue.size()).isLessThan(8);
        }

        assertThat(queue.size()).isEqualTo(8);
        for (int i = 2; i < 10; i++) {
            assertThat(queue.get()).isEqualTo(i);
        }
    }

    @Test
    void anEmptyQueueGivesNothingInTimeAndTheKeeperSaysSo() throws Exception {
        SimpleQueue<Integer> queue = run.simpleQueue();
        try (var window = queue.window(8)) {
            assertThatThrownBy(() -> window.get(SHORT)).isInstanceOf(EmptyException.class).hasMessageContaining("It has nothing.");
            assertThatThrownBy(() -> window.get(Duration.ZERO)).isInstanceOf(EmptyException.class);
            queue.put(1);
            assertThat(window.get(Duration.ZERO)).isEqualTo(1);
            assertThatThrownBy(() -> window.get(BEFORE_NOW)).isInstanceOf(EmptyException.class);
        }
    }

    @Test
    void whoWaitsInAWindowIsWokenByAPut() throws Exception {
        SimpleQueue<Integer> queue = run.simpleQueue();
        try (var window = queue.window(8)) {
            var getter = Elsewhere.waits(queue, window::get);
            queue.put(1);
            assertThat(getter.result()).isEqualTo(1);
        }
    }

    @Test
    void theEndIsToldBehindTheLastItem() throws Exception {
        SimpleQueue<Integer> queue = run.simpleQueue();
        try (var window = queue.window(8)) {
            window.put(1);
            window.put(2);
            window.flush();
            queue.shutdown();
            assertThat(window.get()).isEqualTo(1);
            assertThat(window.get()).isEqualTo(2);
            assertThatThrownBy(window::get).isInstanceOf(ShutDownException.class);
            assertThatThrownBy(() -> window.get(SHORT)).isInstanceOf(ShutDownException.class);
        }
    }

    @Test
    void anInterruptTakesNothing() throws Exception {
        SimpleQueue<Integer> queue = run.simpleQueue();
        try (var window = queue.window(8)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(window::get).isInstanceOf(InterruptedException.class);
            queue.put(1);
            assertThat(window.get()).isEqualTo(1);
        }
    }

    // Joinable queues.

    @Test
    void ofAJoinableQueueOnlyWhatGetReturnedCanBeDone() throws Exception {
        JoinableQueue<Integer> queue = run.joinableQueue();
        for (int i = 0; i < 5; i++) {
            queue.put(i);
        }
        try (var window = queue.window(10)) {
            assertThat(window.get()).isZero();
            assertThat(window.get()).isEqualTo(1);
            queue.taskDone();
            queue.taskDone();
            assertThatThrownBy(queue::taskDone).isInstanceOf(IllegalStateException.class);
            assertThat(window.get()).isEqualTo(2);
        }
        assertThat(queue.size()).isEqualTo(2);
        assertThat(queue.inspect().count("unfinished")).isEqualTo(3);
        queue.taskDone();
        assertThat(queue.getDelivery().redeliveries()).isZero();
    }

    // Connections.

    @Test
    void connectionsHaveWindowsToo() throws Exception {
        var pipe = run.pipe();
        try (var out = pipe.first().window(50); var in = pipe.second().window(9)) {
            for (int i = 0; i < 40; i++) {
                out.send("message " + i);
            }
            for (int i = 0; i < 40; i++) {
                assertThat(in.receive(String.class)).isEqualTo("message " + i);
            }
            assertThatThrownBy(() -> in.receive(SHORT)).isInstanceOf(EmptyException.class);
        }
        pipe.close();
    }

    @Test
    void closingAnEndClosesItsWindowsAndTheStreamEndsBehindWhatTheySent() throws Exception {
        var pipe = run.pipe();
        var out = pipe.first().window(50);
        for (int i = 0; i < 20; i++) {
            out.send(i);
        }
        pipe.first().close();

        assertThatThrownBy(() -> out.send(1)).isInstanceOf(IllegalStateException.class);
        try (var in = pipe.second().window(9)) {
            for (int i = 0; i < 20; i++) {
                assertThat(in.receive()).isEqualTo(i);
            }
            assertThatThrownBy(in::receive).isInstanceOf(EndOfStreamException.class);
        }
        pipe.second().close();
    }

    @Test
    void aBrokenPipeIsToldByFlush() throws Exception {
        var pipe = run.pipe();
        try (var out = pipe.first().window(50)) {
            pipe.second().close();
            out.send("nobody reads it");
            assertThatThrownBy(out::flush).isInstanceOf(procession.BrokenPipeException.class);
        }
        pipe.first().close();
    }

    // Misuse.

    @Test
    void aWindowRunsAheadByOneOrMore() {
        SimpleQueue<Integer> queue = run.simpleQueue();
        assertThatThrownBy(() -> queue.window(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> run.pipe().first().window(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
