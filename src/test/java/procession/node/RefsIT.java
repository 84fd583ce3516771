package procession.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import procession.Lock;
import procession.Procession;
import procession.Queue;

/** References of one node used by actors of another: whoever asks owns what it gets. */
class RefsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static Procession run;

    @BeforeAll
    static void start() {
        run = Procession.start();
    }

    @AfterAll
    static void close() {
        run.close();
    }

    /** What an actor got, in its words. */
    public static void asks(String lockAt, Queue<String> told) throws InterruptedException {
        Procession.current().spawn(Behaviors.<Lock.Reply>setup(context -> {
            ActorRef<Lock.Command> lock = ActorRefResolver.get(context.getSystem()).resolveActorRef(lockAt);
            lock.tell(new Lock.Release(12345, context.getSelf()));
            lock.tell(new Lock.Acquire(Optional.empty(), context.getSelf()));
            return Behaviors.receiveMessage(reply -> {
                told.putAsync(reply.toString());
                return Behaviors.same();
            });
        }), "asks");
        new CountDownLatch(1).await();
    }

    @Test
    void whatAChildsActorAcquiresThroughMainsReferenceIsTheChilds() throws Exception {
        var lock = run.lock();
        var told = run.<String>queue();
        var child = run.process(RefsIT::asks, at(lock.ref()), told).name("holder").daemon(true).start();

        assertThat(told.get(PATIENCE)).contains("Refused").contains("not-held");
        assertThat(told.get(PATIENCE)).contains("Granted");
        assertThatThrownBy(() -> lock.acquire(Duration.ZERO)).hasMessageContaining("held by holder");

        child.kill();

        assertThat(lock.acquire(PATIENCE).abandoned().orElseThrow().process()).isEqualTo("holder");
    }

    /** An actor that stops as soon as it holds. */
    public static void stops(String lockAt, Queue<String> told) throws InterruptedException {
        Procession.current().spawn(Behaviors.<Lock.Reply>setup(context -> {
            ActorRef<Lock.Command> lock = ActorRefResolver.get(context.getSystem()).resolveActorRef(lockAt);
            lock.tell(new Lock.Acquire(Optional.empty(), context.getSelf()));
            return Behaviors.receiveMessage(reply -> {
                told.putAsync(reply.toString());
                return Behaviors.stopped();
            });
        }), "stops");
        new CountDownLatch(1).await();
    }

    @Test
    void theLockPassesOnWhenTheChildsActorStops() throws Exception {
        var lock = run.lock();
        var told = run.<String>queue();
        run.process(RefsIT::stops, at(lock.ref()), told).daemon(true).start();
        assertThat(told.get(PATIENCE)).contains("Granted");

        assertThat(lock.acquire(PATIENCE).abandoned()).isEmpty();
    }

    /** Puts a value that travels, one that does not, and one too big for a message. */
    public static void puts(String queueAt, Queue<String> told) throws InterruptedException {
        Procession.current().spawn(Behaviors.<Queue.Reply>setup(context -> {
            ActorRef<Queue.Command> queue = ActorRefResolver.get(context.getSystem()).resolveActorRef(queueAt);
            queue.tell(new Queue.Put(List.of(1L, "two"), Optional.empty(), context.getSelf()));
            return Behaviors.receiveMessage(reply -> {
                if (reply instanceof Queue.Accepted) {
                    queue.tell(new Queue.Put(new byte[1024 * 1024], Optional.empty(), context.getSelf()));
                    queue.tell(new Queue.Put(new Object(), Optional.empty(), context.getSelf()));
                }
                told.putAsync(reply.toString());
                return Behaviors.same();
            });
        }), "puts");
        new CountDownLatch(1).await();
    }

    @Test
    void aChildsActorPutsThroughMainsReference() throws Exception {
        var queue = run.<Object>queue();
        var told = run.<String>queue();
        run.process(RefsIT::puts, at(queue.ref()), told).daemon(true).start();

        assertThat(told.get(PATIENCE)).contains("Accepted");
        assertThat(queue.get(PATIENCE)).isEqualTo(List.of(1L, "two"));
        assertThat(told.get(PATIENCE)).contains("Refused").contains("too-big");
        assertThat(told.get(PATIENCE)).contains("Refused").contains("encoding");
    }

    /** Where other nodes find an actor: only one that runs can tell. */
    private static String at(ActorRef<?> ref) throws Exception {
        var system = new CompletableFuture<ActorSystem<Void>>();
        run.spawn(Behaviors.<Void>setup(context -> {
            system.complete(context.getSystem());
            return Behaviors.stopped();
        }), "where-" + ref.path().name());
        return ActorRefResolver.get(system.get(10, TimeUnit.SECONDS)).toSerializationFormat(ref);
    }
}
