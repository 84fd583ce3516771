package procession.session;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import procession.Procession;
import procession.RunEndedException;

/** After the end of a run its handles say so, and a new run does not know them. */
class RunEndTest {

    @Test
    void everyHandleSaysThatTheRunHasEnded() throws Exception {
        var run = Procession.start();
        var lock = (LockHandle) run.lock();
        var grant = lock.acquire();
        var semaphore = run.semaphore(1);
        var event = run.event();
        var queue = run.<String>queue();
        var pipe = run.pipe();
        var thread = new FutureTask<>((Callable<Object>) lock::acquire);
        Thread.ofPlatform().start(thread);
        var future = queue.getAsync();
        await().until(() -> lock.inspect().waiters().size() == 1);

        run.close();

        assertThatThrownBy(() -> thread.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(RunEndedException.class);
        assertThatThrownBy(() -> future.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(RunEndedException.class);
        List<ThrowingCallable> calls = List.of(lock::acquire, lock::acquireAsync, lock::ref, grant::release, semaphore::release,
                semaphore::value, event::set, event::awaitAsync, () -> queue.put("x"), queue::getAsync, queue::size,
                pipe.first()::receive, () -> pipe.second().send("x"), pipe.first()::ref, run::lock, () -> run.queue("name"));
        for (var call : calls) {
            assertThatThrownBy(call).isInstanceOf(RunEndedException.class);
        }
        assertThatCode(grant::close).doesNotThrowAnyException();
        assertThatCode(pipe::close).doesNotThrowAnyException();
        assertThatCode(run::close).doesNotThrowAnyException();
    }

    @Test
    void aHandleOfAnotherRunMeansNothing() throws Exception {
        procession.Lock old;
        try (var first = Procession.start()) {
            old = first.lock("same");
        }
        try (var second = Procession.start()) {
            assertThatThrownBy(() -> second.queue().put(old)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("another run");
        }
    }
}
