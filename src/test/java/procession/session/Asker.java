package procession.session;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import procession.Procession;

/** A user's actor that asks through references, keeps what it is told in order, and can be stopped. */
final class Asker<R> implements AutoCloseable {

    private static final AtomicLong NAMES = new AtomicLong();
    private static final long PATIENCE = 10;

    private record Stop() {}

    private final BlockingQueue<R> told = new LinkedBlockingQueue<>();
    private final ActorRef<Object> actor;

    Asker(Procession run) {
        actor = run.spawn(behavior(), "asker-" + NAMES.incrementAndGet());
    }

    @SuppressWarnings("unchecked")
    private Behavior<Object> behavior() {
        return Behaviors.receiveMessage(message -> {
            if (message instanceof Stop) {
                return Behaviors.stopped();
            }
            told.add((R) message);
            return Behaviors.same();
        });
    }

    ActorRef<R> ref() {
        return actor.narrow();
    }

    /** The next thing it is told. */
    R next() throws InterruptedException {
        var next = told.poll(PATIENCE, TimeUnit.SECONDS);
        assertThat(next).as("an answer").isNotNull();
        return next;
    }

    <T extends R> T next(Class<T> type) throws InterruptedException {
        var next = next();
        assertThat(next).isInstanceOf(type);
        return type.cast(next);
    }

    boolean isToldNothing() {
        return told.isEmpty();
    }

    void stop() {
        actor.tell(new Stop());
    }

    @Override
    public void close() {
        stop();
    }
}
