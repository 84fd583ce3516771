package procession.session;

import java.util.concurrent.CompletableFuture;

/**
 * The future of a call. Completing it from outside, in whatever way, withdraws the call, unless its answer has arrived: then that is
 * what it completes with.
 *
 * @param <T> type of the result
 */
final class Pending<T> extends CompletableFuture<T> {

    private Runnable withdrawal;
    private java.util.function.BooleanSupplier abandon;

    /** Says how to give up: first whether that is still possible, then what it takes. */
    void withdrawnBy(java.util.function.BooleanSupplier stillPossible, Runnable withdraw) {
        abandon = stillPossible;
        withdrawal = withdraw;
    }

    private boolean giveUp() {
        if (isDone() || !abandon.getAsBoolean()) {
            return false;
        }
        withdrawal.run();
        return true;
    }

    @Override
    public boolean cancel(boolean mayInterrupt) {
        return giveUp() ? super.cancel(mayInterrupt) : isCancelled();
    }

    @Override
    public boolean complete(T value) {
        return giveUp() && super.complete(value);
    }

    @Override
    public boolean completeExceptionally(Throwable error) {
        return giveUp() && super.completeExceptionally(error);
    }

    void deliver(T value) {
        super.complete(value);
    }

    void fail(Throwable error) {
        super.completeExceptionally(error);
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }
}
