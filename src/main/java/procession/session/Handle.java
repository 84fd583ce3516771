package procession.session;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import procession.BrokenBarrierException;
import procession.BrokenPipeException;
import procession.DeadlockException;
import procession.FullException;
import procession.Inspection;
import procession.Predecessor;
import procession.Primitive;
import procession.ShutDownException;
import procession.core.Answered;
import procession.core.Carried;
import procession.core.Command;
import procession.core.Obituary;
import procession.core.PrimitiveId;
import procession.core.Refusals;
import procession.core.Reply;
import procession.core.Request;
import procession.core.Resource;
import procession.core.Sent;
import procession.core.Snapshot;
import procession.core.Spec;

/** What all handles have in common: a session to ask through, and what to make of answers. */
abstract class Handle implements Primitive {

    final Handles home;
    final Carried carried;
    private final Grants.Key key;

    Handle(Handles home, Carried carried) {
        this.home = home;
        this.carried = carried;
        this.key = new Grants.Key(carried.resource().primitive(), carried.aspect());
        home.session().met(carried);
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

    /** Itself, as what is {@link Polled}. */
    public final Handle of() {
        return this;
    }

    /** What grants of it are kept under. */
    final Grants.Key key() {
        return key;
    }

    /** What it is called in messages to people. */
    String label() {
        return spec().kind() + " " + carried.name().map(name -> "'" + name + "'").orElse(target().toString());
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
        return asked(command, timeout).reply();
    }

    /** The same, with the number of the request, for answers that it names. */
    Answered asked(Command command, long timeout) throws InterruptedException {
        return home.session().ask(this, new Request.Operate(target(), command), timeout);
    }

    <T> CompletableFuture<T> askAsync(Command command, long timeout, Function<Reply, T> result) {
        return askedAsync(command, timeout, answered -> result.apply(answered.reply()));
    }

    <T> CompletableFuture<T> askedAsync(Command command, long timeout, Function<Answered, T> result) {
        return home.session().askAsync(this, new Request.Operate(target(), command), timeout, result);
    }

    /** What there is to count. */
    long count(String name) throws InterruptedException {
        return snapshot(home.session().ask(this, new Request.Inspect(target(), false), Sent.FOR_EVER)).count(name);
    }

    <T> CompletableFuture<T> countAsync(String name, Function<Long, T> result) {
        return home.session().askAsync(this, new Request.Inspect(target(), false), Sent.FOR_EVER,
                answered -> result.apply(snapshot(answered).count(name)));
    }

    @Override
    public Inspection inspect() throws InterruptedException {
        return Inspections.of(label(), snapshot(home.session().ask(this, new Request.Inspect(target(), true), Sent.FOR_EVER)));
    }

    @Override
    public CompletableFuture<Inspection> inspectAsync() {
        return home.session().askAsync(this, new Request.Inspect(target(), true), Sent.FOR_EVER,
                answered -> Inspections.of(label(), snapshot(answered)));
    }

    private Snapshot snapshot(Answered answered) {
        return switch (answered.reply()) {
            case Reply.Viewed viewed -> viewed.snapshot();
            default -> throw unexpected(answered.reply());
        };
    }

    static Predecessor predecessor(Obituary dead) {
        return new Predecessor(dead.process(), dead.outcome());
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
            case Refusals.BROKEN_BARRIER -> new BrokenBarrierException(message);
            case Refusals.SHUT_DOWN -> new ShutDownException(message);
            case Refusals.DEADLOCK -> new DeadlockException(message);
            case Refusals.OVERFLOW -> new ArithmeticException(message);
            case Refusals.FULL -> new FullException(message);
            case Refusals.NAME_TAKEN -> new IllegalArgumentException(refused.message());
            default -> new IllegalStateException(message);
        };
    }

    /** Whether a wait ended before its time was over. */
    final boolean wasInTime(Reply reply) {
        if (reply instanceof Reply.TimedOut) {
            return false;
        }
        done(reply);
        return true;
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
                && handle.carried.aspect().equals(carried.aspect());
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
