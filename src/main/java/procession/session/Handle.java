package procession.session;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import procession.BrokenPipeException;
import procession.Primitive;
import procession.core.Carried;
import procession.core.Command;
import procession.core.PrimitiveId;
import procession.core.Refusals;
import procession.core.Reply;
import procession.core.Request;
import procession.core.Resource;
import procession.core.Sent;
import procession.core.Spec;
import procession.core.View;

/** What all handles have in common: a session to ask through, and what to make of answers. */
abstract class Handle implements Primitive {

    final Handles home;
    final Carried carried;

    Handle(Handles home, Carried carried) {
        this.home = home;
        this.carried = carried;
    }

    @Override
    public Optional<String> name() {
        return carried.name();
    }

    Resource resource() {
        return carried.resource();
    }

    PrimitiveId target() {
        return carried.resource().primitive();
    }

    Spec spec() {
        return carried.spec();
    }

    /** What it is called in messages to people. */
    abstract String label();

    final String label(String kind) {
        return carried.name().map(name -> kind + " '" + name + "'").orElse(kind + " " + target());
    }

    /** A duration as the keeper takes it: too long for nanoseconds is for ever. */
    static long nanos(Duration timeout) {
        try {
            return timeout.toNanos();
        } catch (ArithmeticException tooLong) {
            return timeout.isNegative() ? -1 : Sent.FOR_EVER;
        }
    }

    Reply ask(Command command, long timeout) throws InterruptedException {
        return home.session().ask(this, new Request.Operate(target(), command), timeout);
    }

    <T> CompletableFuture<T> askAsync(Command command, long timeout, Session.Answering<T> answering) {
        return home.session().askAsync(this, new Request.Operate(target(), command), timeout, answering);
    }

    View look() throws InterruptedException {
        return view(home.session().ask(this, new Request.Inspect(target()), Sent.FOR_EVER));
    }

    <T> CompletableFuture<T> lookAsync(java.util.function.Function<View, T> at) {
        return home.session().askAsync(this, new Request.Inspect(target()), Sent.FOR_EVER, reply -> at.apply(view(reply)));
    }

    private View view(Reply reply) {
        return switch (reply) {
            case Reply.Viewed viewed -> viewed.view();
            default -> throw unexpected(reply);
        };
    }

    void done(Reply reply) {
        if (!(reply instanceof Reply.Done)) {
            throw unexpected(reply);
        }
    }

    /** The error for an answer that is no success. */
    RuntimeException unexpected(Reply reply) {
        return reply instanceof Reply.Refused refused ? refusal(label(), refused)
                : new IllegalStateException("The keeper answered " + label() + " with " + reply + ", which fits no question.");
    }

    static RuntimeException refusal(String label, Reply.Refused refused) {
        var message = capitalized(label) + ": " + refused.message();
        return switch (refused.code()) {
            case Refusals.BROKEN_PIPE -> new BrokenPipeException(message);
            case Refusals.NAME_TAKEN -> new IllegalArgumentException(refused.message());
            default -> new IllegalStateException(message);
        };
    }

    /** What an actor is told that has waited long enough. */
    String late(long timeout, Reply.TimedOut late) {
        return capitalized(label()) + ": not " + seconds(timeout) + ". " + late.situation();
    }

    static String capitalized(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /** {@code 1.5 s}: a time-out for people. */
    static String seconds(long nanos) {
        return nanos <= 0 ? "at once" : "within " + java.math.BigDecimal.valueOf(nanos / 1_000_000, 3).stripTrailingZeros()
                .toPlainString() + " s";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Handle handle && handle.home == home && handle.resource().equals(resource())
                && handle.carried.condition().equals(carried.condition());
    }

    @Override
    public int hashCode() {
        return resource().hashCode();
    }

    @Override
    public String toString() {
        return capitalized(label());
    }
}
