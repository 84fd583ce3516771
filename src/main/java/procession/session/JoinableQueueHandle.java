package procession.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import procession.DeadLetter;
import procession.DecodingException;
import procession.Delivery;
import procession.JoinableQueue;
import procession.Predecessor;
import procession.TimedOutException;
import procession.core.Answered;
import procession.core.Carried;
import procession.core.PrimitiveId;
import procession.core.Refusals;
import procession.core.Sent;

/** A joinable queue, from here. */
final class JoinableQueueHandle<T> extends QueueHandle<T> implements JoinableQueue<T> {

    private static final long OLDEST = 0;

    JoinableQueueHandle(Handles home, Carried carried) {
        super(home, carried);
    }

    // What is done.

    @Override
    public void taskDone() throws InterruptedException {
        done(ask(new procession.core.Command.TaskDone(OLDEST), Sent.FOR_EVER));
    }

    @Override
    public CompletableFuture<Void> taskDoneAsync() {
        return askAsync(new procession.core.Command.TaskDone(OLDEST), Sent.FOR_EVER, this::nothing);
    }

    @Override
    public Delivery<T> getDelivery() throws InterruptedException {
        return delivery(asked(new procession.core.Command.Get(), Sent.FOR_EVER), Sent.FOR_EVER);
    }

    @Override
    public Delivery<T> getDelivery(Duration timeout) throws InterruptedException {
        return delivery(asked(new procession.core.Command.Get(), nanos(timeout)), nanos(timeout));
    }

    @Override
    public CompletableFuture<Delivery<T>> getDeliveryAsync() {
        return askedAsync(new procession.core.Command.Get(), Sent.FOR_EVER, answered -> delivery(answered, Sent.FOR_EVER));
    }

    private Delivery<T> delivery(Answered answered, long timeout) {
        var got = got(answered.reply(), timeout);
        return new Got(answered.request(), item(got), got.redelivered());
    }

    /** An item in the hands of this process. */
    private final class Got implements Delivery<T> {
        private final long request;
        private final T item;
        private final int redeliveries;

        Got(long request, T item, int redeliveries) {
            this.request = request;
            this.item = item;
            this.redeliveries = redeliveries;
        }

        @Override
        public T item() {
            return item;
        }

        @Override
        public int redeliveries() {
            return redeliveries;
        }

        @Override
        public void done() throws InterruptedException {
            JoinableQueueHandle.this.done(ask(new procession.core.Command.TaskDone(request), Sent.FOR_EVER));
        }

        @Override
        public CompletableFuture<Void> doneAsync() {
            return askAsync(new procession.core.Command.TaskDone(request), Sent.FOR_EVER, JoinableQueueHandle.this::nothing);
        }

        @Override
        public String toString() {
            return "Delivery[" + item + (redeliveries == 0 ? "]" : redeliveries == 1 ? ", redelivered once]"
                    : ", redelivered " + redeliveries + " times]");
        }
    }

    // When everything is.

    @Override
    public void join() throws InterruptedException {
        joined(ask(new procession.core.Command.JoinQueue(), Sent.FOR_EVER), Sent.FOR_EVER);
    }

    @Override
    public void join(Duration timeout) throws InterruptedException {
        joined(ask(new procession.core.Command.JoinQueue(), nanos(timeout)), nanos(timeout));
    }

    private Void joined(procession.core.Reply reply, long timeout) {
        if (reply instanceof procession.core.Reply.TimedOut late) {
            throw new TimedOutException(capitalized(label()) + " was not done " + seconds(timeout) + ". " + late.situation());
        }
        return nothing(reply);
    }

    @Override
    public CompletableFuture<Void> joinAsync() {
        return askAsync(new procession.core.Command.JoinQueue(), Sent.FOR_EVER, reply -> joined(reply, Sent.FOR_EVER));
    }

    @Override
    public CompletableFuture<Void> joinAsync(Duration timeout) {
        return askAsync(new procession.core.Command.JoinQueue(), nanos(timeout), reply -> joined(reply, nanos(timeout)));
    }

    // What never will be.

    private record Letter<T>(PrimitiveId of, long number, Supplier<T> content, int deliveries, Predecessor last) implements DeadLetter<T> {
        @Override
        public T item() {
            return content.get();
        }

        @Override
        public String toString() {
            return "DeadLetter[given out " + (deliveries == 1 ? "once" : deliveries + " times") + ", last to " + last.process()
                    + ", which " + last.outcome() + "]";
        }
    }

    @Override
    public List<DeadLetter<T>> deadLetters() throws InterruptedException {
        var letters = new ArrayList<DeadLetter<T>>();
        long from = 0;
        while (ask(new procession.core.Command.ReadDeadLetter(from), Sent.FOR_EVER) instanceof procession.core.Reply.DeadLetter letter) {
            letters.add(new Letter<>(target(), letter.number(), content(letter), letter.deliveries(), predecessor(letter.last())));
            from = letter.number() + 1;
        }
        return List.copyOf(letters);
    }

    /** Decoded at once, so that the handles in it are this process's; what cannot be rebuilt is told when it is asked for. */
    private Supplier<T> content(procession.core.Reply.DeadLetter letter) {
        try {
            @SuppressWarnings("unchecked")
            var item = (T) home.decode(letter.payload());
            return () -> item;
        } catch (DecodingException cannotBeRebuilt) {
            return () -> {
                throw cannotBeRebuilt;
            };
        }
    }

    @Override
    public boolean removeDeadLetter(DeadLetter<T> letter) throws InterruptedException {
        if (!(letter instanceof Letter<T>(var of, var number, var content, var deliveries, var last)) || !of.equals(target())) {
            throw new IllegalArgumentException(letter + " is no dead letter of " + label() + ".");
        }
        var reply = ask(new procession.core.Command.RemoveDeadLetter(number), Sent.FOR_EVER);
        if (reply instanceof procession.core.Reply.Refused(var code, var message) && code.equals(Refusals.NOT_FOUND)) {
            return false;
        }
        done(reply);
        return true;
    }
}
