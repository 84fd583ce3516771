package procession.session;

import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import procession.Barrier;
import procession.BrokenBarrierException;
import procession.core.Answered;
import procession.core.Carried;
import procession.core.Request;
import procession.core.Sent;
import procession.core.Spec;

/** A barrier, from here. */
final class BarrierHandle extends Handle implements Barrier {

    private static final Runnable NO_ACTION = null;
    private static final int MOST_WORDS = 1_000;

    BarrierHandle(Handles home, Carried carried) {
        super(home, carried);
    }

    private Spec.Barrier barrier() {
        return (Spec.Barrier) spec();
    }

    @Override
    public int await() throws InterruptedException {
        return await(NO_ACTION, barrier().timeout());
    }

    @Override
    public int await(Duration timeout) throws InterruptedException {
        return await(NO_ACTION, nanos(timeout));
    }

    @Override
    public int await(Runnable action) throws InterruptedException {
        return await(java.util.Objects.requireNonNull(action, "action"), barrier().timeout());
    }

    @Override
    public int await(Runnable action, Duration timeout) throws InterruptedException {
        return await(java.util.Objects.requireNonNull(action, "action"), nanos(timeout));
    }

    private int await(Runnable action, long timeout) throws InterruptedException {
        return passed(asked(new procession.core.Command.AwaitBarrier(action != NO_ACTION), timeout), action, timeout);
    }

    private int passed(Answered answered, Runnable action, long timeout) {
        return switch (answered.reply()) {
            case procession.core.Reply.Passed passed -> passed.index();
            case procession.core.Reply.Act act -> {
                act(action, answered.request());
                yield act.index();
            }
            case procession.core.Reply.TimedOut late -> throw new BrokenBarrierException(
                    capitalized(label()) + " was not passed " + seconds(timeout) + ", which breaks it. " + late.situation());
            default -> throw unexpected(answered.reply());
        };
    }

    private void act(Runnable action, long request) {
        try {
            action.run();
        } catch (Throwable failed) {
            home.session().tellUnheard(ended(request, Optional.of(words(failed))));
            throw failed;
        }
        done(home.session().askUninterrupted(this, ended(request, Optional.empty())));
    }

    /** Everybody at the barrier is told, in one message, so it must not be long; and an action that fails to say why has failed, too. */
    private static String words(Throwable failed) {
        String words;
        try {
            words = String.valueOf(failed);
        } catch (RuntimeException | Error unspeakable) {
            words = failed.getClass().getName();
        }
        return words.length() <= MOST_WORDS ? words : words.substring(0, MOST_WORDS) + " …";
    }

    private Request ended(long request, Optional<String> error) {
        return new Request.Operate(target(), new procession.core.Command.ActionEnded(request, error));
    }

    @Override
    public CompletableFuture<Integer> awaitAsync() {
        return awaitAsync(barrier().timeout());
    }

    @Override
    public CompletableFuture<Integer> awaitAsync(Duration timeout) {
        return awaitAsync(nanos(timeout));
    }

    private CompletableFuture<Integer> awaitAsync(long timeout) {
        return askedAsync(new procession.core.Command.AwaitBarrier(false), timeout, answered -> passed(answered, NO_ACTION, timeout));
    }

    @Override
    public void abort() throws InterruptedException {
        done(ask(new procession.core.Command.AbortBarrier(""), Sent.FOR_EVER));
    }

    @Override
    public void reset() throws InterruptedException {
        done(ask(new procession.core.Command.ResetBarrier(""), Sent.FOR_EVER));
    }

    @Override
    public int parties() {
        return barrier().parties();
    }

    @Override
    public int waiting() throws InterruptedException {
        return (int) count("waiters");
    }

    @Override
    public boolean isBroken() throws InterruptedException {
        return count("broken") == 1;
    }

    @Override
    public ActorRef<Command> ref() {
        return home.agents().barrier(this);
    }
}
