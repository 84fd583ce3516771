package procession.session;

import akka.actor.typed.ActorRef;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import procession.Connection;
import procession.ConnectionWindow;
import procession.EmptyException;
import procession.EndOfStreamException;
import procession.FullException;
import procession.core.Carried;
import procession.core.Payload;
import procession.core.Sent;
import procession.core.Spec;

/** One copy of one end of a pipe, from here. */
final class ConnectionHandle extends Handle implements Connection, Polled {

    private final Cleaner.Cleanable copy;
    private volatile boolean closed;
    private ActorRef<Command> ref;

    ConnectionHandle(Handles home, Carried carried, Handles.Registration registration) {
        super(home, carried);
        copy = registration.of(this);
    }

    @Override
    String label() {
        return (end() == 1 ? "first" : "second") + " end of " + super.label();
    }

    private int end() {
        return resource().end();
    }

    @Override
    public void send(Object message) throws InterruptedException {
        send(message, Sent.FOR_EVER);
    }

    @Override
    public void send(Object message, Duration timeout) throws InterruptedException {
        send(message, nanos(timeout));
    }

    private void send(Object message, long timeout) throws InterruptedException {
        var reply = ask(sending(message), timeout);
        Reference.reachabilityFence(message); // Handles in it must not be let go of before the keeper has counted them.
        accepted(reply, timeout);
    }

    private procession.core.Command.Send sending(Object message) {
        refuseUnlessWritable();
        return new procession.core.Command.Send(end(), home.encode(message));
    }

    /**
     * Sends what was encoded before without ever hearing of it: for who sees by other means whether it arrives. It goes out with whatever
     * this process asks next.
     */
    void sendBehind(Payload payload) {
        refuseUnlessWritable();
        home.session().tellBehindNext(target(), new procession.core.Command.Send(end(), payload));
    }

    /**
     * Sends what was encoded before, for who sees by other means that the other end is gone: that is told only of a message with handles in
     * it. They must stay reachable until it has been sent for the last time.
     */
    CompletableFuture<Void> sendEncoded(Payload payload) {
        refuseUnlessWritable();
        if (payload.carried().isEmpty()) {
            // Then nothing is refused but what the caller sees by other means, and an answer would cost for nothing.
            home.session().tellUnheard(new procession.core.Request.Operate(target(), new procession.core.Command.Send(end(), payload)));
            return CompletableFuture.completedFuture(null);
        }
        return askAsync(new procession.core.Command.Send(end(), payload), Sent.FOR_EVER, reply -> accepted(reply, Sent.FOR_EVER));
    }

    /** Takes the next message, if there is one, without looking into it. */
    CompletableFuture<Optional<Payload>> receiveEncoded() {
        return askAsync(receiving(), 0, reply -> switch (reply) {
            case procession.core.Reply.Item item -> Optional.of(item.payload());
            case procession.core.Reply.TimedOut nothing -> Optional.empty();
            case procession.core.Reply.EndOfStream end -> Optional.empty();
            default -> throw unexpected(reply);
        });
    }

    void refuseUnlessWritable() {
        refuseUnless(isWritable(), "only receives");
    }

    void refuseUnlessReadable() {
        refuseUnless(isReadable(), "only sends");
    }

    private void refuseUnless(boolean able, String does) {
        refuseIfClosed();
        if (!able) {
            throw new IllegalStateException(capitalized(label()) + " " + does + ": the pipe is one-way.");
        }
    }

    void refuseIfClosed() {
        if (closed) {
            throw new IllegalStateException(capitalized(label()) + " has been closed in this process.");
        }
    }

    private Void accepted(procession.core.Reply reply, long timeout) {
        if (reply instanceof procession.core.Reply.TimedOut late) {
            refuseIfClosed();
            throw new FullException(capitalized(label()) + " had no room " + seconds(timeout) + ". " + late.situation());
        }
        done(reply);
        return null;
    }

    @Override
    public Object receive() throws InterruptedException {
        return message(ask(receiving(), Sent.FOR_EVER), Sent.FOR_EVER);
    }

    @Override
    public Object receive(Duration timeout) throws InterruptedException {
        return message(ask(receiving(), nanos(timeout)), nanos(timeout));
    }

    private procession.core.Command.Receive receiving() {
        refuseUnlessReadable();
        return new procession.core.Command.Receive(end());
    }

    Object message(procession.core.Reply reply, long timeout) {
        return switch (reply) {
            case procession.core.Reply.Item item -> home.decode(item.payload());
            case procession.core.Reply.EndOfStream end -> throw new EndOfStreamException(
                    capitalized(label()) + ": everything sent has been received, and nobody holds the other end any more.");
            case procession.core.Reply.TimedOut late -> {
                refuseIfClosed();
                throw new EmptyException(capitalized(label()) + " gave no message " + seconds(timeout) + ". " + late.situation());
            }
            default -> throw unexpected(reply);
        };
    }

    @Override
    public boolean poll(Duration timeout) throws InterruptedException {
        return ready(ask(polling(), nanos(timeout)));
    }

    @Override
    public procession.core.Command.Poll polling() {
        refuseUnlessReadable();
        return new procession.core.Command.Poll(end());
    }

    @Override
    public boolean ready(procession.core.Reply reply) {
        return switch (reply) {
            case procession.core.Reply.Ready ready -> true;
            case procession.core.Reply.TimedOut late -> {
                refuseIfClosed();
                yield false;
            }
            default -> throw unexpected(reply);
        };
    }

    @Override
    public CompletableFuture<Void> sendAsync(Object message) {
        return sendAsync(message, Sent.FOR_EVER);
    }

    CompletableFuture<Void> sendAsync(Object message, long timeout) {
        var future = askAsync(sending(message), timeout, reply -> accepted(reply, timeout));
        Reference.reachabilityFence(message);
        return future;
    }

    @Override
    public CompletableFuture<Object> receiveAsync() {
        return receiveAsync(Sent.FOR_EVER);
    }

    CompletableFuture<Object> receiveAsync(long timeout) {
        return askAsync(receiving(), timeout, reply -> message(reply, timeout));
    }

    @Override
    public CompletableFuture<Boolean> pollAsync(Duration timeout) {
        return askAsync(polling(), nanos(timeout), this::ready);
    }

    @Override
    public ConnectionWindow window(int n) {
        refuseIfClosed();
        return new ConnectionWindowHandle(this, n);
    }

    @Override
    public boolean isReadable() {
        return ((Spec.Pipe) spec()).duplex() || end() == 1;
    }

    @Override
    public boolean isWritable() {
        return ((Spec.Pipe) spec()).duplex() || end() == 2;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        home.session().closeWindows(this);
        closed = true;
        home.session().withdrawAll(this);
        copy.clean();
    }

    @Override
    public synchronized ActorRef<Command> ref() {
        refuseIfClosed();
        if (ref == null) {
            ref = home.agents().connection(this);
        }
        return ref;
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof ConnectionHandle that && super.equals(that));
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }
}
