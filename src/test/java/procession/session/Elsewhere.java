package procession.session;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import procession.Primitive;

/** A call on another thread. */
final class Elsewhere<T> {

    private static final long PATIENCE = 10;

    private final FutureTask<T> call;
    private final Thread thread;

    private Elsewhere(Callable<T> call) {
        this.call = new FutureTask<>(call);
        this.thread = Thread.ofPlatform().daemon().start(this.call);
    }

    static <T> Elsewhere<T> call(Callable<T> call) {
        return new Elsewhere<>(call);
    }

    /** The same, when it waits for something of a primitive. */
    static <T> Elsewhere<T> waits(Primitive primitive, Callable<T> call) throws Exception {
        long before = primitive.inspect().count("waiters");
        var elsewhere = new Elsewhere<>(call);
        org.awaitility.Awaitility.await().until(() -> primitive.inspect().count("waiters") > before || elsewhere.call.isDone());
        return elsewhere;
    }

    T result() throws Exception {
        try {
            return call.get(PATIENCE, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw failed;
        }
    }

    boolean isDone() {
        return call.isDone();
    }

    void interrupt() {
        thread.interrupt();
    }

    /** What the call threw. */
    Throwable error() throws InterruptedException, TimeoutException {
        try {
            call.get(PATIENCE, TimeUnit.SECONDS);
            return null;
        } catch (ExecutionException failed) {
            return failed.getCause();
        }
    }
}
