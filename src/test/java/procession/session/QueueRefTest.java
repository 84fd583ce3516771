package procession.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.actor.testkit.typed.javadsl.BehaviorTestKit;
import akka.actor.typed.javadsl.Behaviors;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import procession.Procession;
import procession.Queue;
import procession.core.Command;
import procession.core.Request;
import procession.core.Sent;

/** A queue as actors use it. */
class QueueRefTest {

    private static final Optional<Duration> FOR_EVER = Optional.empty();
    private static final Optional<Duration> AT_ONCE = Optional.of(Duration.ZERO);

    private static Procession run;

    @BeforeAll
    static void start() {
        run = Procession.start();
    }

    @AfterAll
    static void close() {
        run.close();
    }

    @Test
    void itemsGoThroughInOrder() throws Exception {
        var queue = run.queue().ref();
        try (var a = new Asker<Queue.Reply>(run)) {
            queue.tell(new Queue.Put(1L, FOR_EVER, a.ref()));
            queue.tell(new Queue.Put(null, FOR_EVER, a.ref()));
            queue.tell(new Queue.Put(List.of("three"), AT_ONCE, a.ref()));
            queue.tell(new Queue.Size(a.ref()));
            queue.tell(new Queue.Get(FOR_EVER, a.ref()));
            queue.tell(new Queue.Get(AT_ONCE, a.ref()));
            queue.tell(new Queue.Get(AT_ONCE, a.ref()));

            assertThat(List.of(a.next(), a.next(), a.next())).containsOnly(new Queue.Accepted());
            assertThat(a.next()).isEqualTo(new Queue.Depth(3));
            assertThat(a.next(Queue.Item.class).item()).isEqualTo(1L);
            assertThat(a.next(Queue.Item.class).item()).isEqualTo(null);
            assertThat(a.next(Queue.Item.class).item()).isEqualTo(List.of("three"));
        }
    }

    @Test
    void aFullAndAnEmptyQueueTimeOut() throws Exception {
        var queue = run.queue(1).ref();
        try (var a = new Asker<Queue.Reply>(run)) {
            queue.tell(new Queue.Get(AT_ONCE, a.ref()));
            queue.tell(new Queue.Put("x", FOR_EVER, a.ref()));
            queue.tell(new Queue.Put("y", AT_ONCE, a.ref()));

            assertThat(a.next(Queue.TimedOut.class).message()).contains("It has nothing");
            assertThat(a.next()).isEqualTo(new Queue.Accepted());
            assertThat(a.next(Queue.TimedOut.class).message()).contains("1 item of at most 1");
        }
    }

    @Test
    void handlesTravelInItemsOfActors() throws Exception {
        var queue = run.queue().ref();
        var event = run.event();
        try (var a = new Asker<Queue.Reply>(run)) {
            queue.tell(new Queue.Put(event, FOR_EVER, a.ref()));
            queue.tell(new Queue.Get(FOR_EVER, a.ref()));
            a.next();

            var got = (procession.Event) a.next(Queue.Item.class).item();

            got.set();
            assertThat(event.isSet()).isTrue();
        }
    }

    @Test
    void aJoinableQueueCountsWhatActorsFinish() throws Exception {
        var queue = run.joinableQueue().ref();
        try (var a = new Asker<Queue.Reply>(run)) {
            queue.tell(new Queue.Put("task", FOR_EVER, a.ref()));
            queue.tell(new Queue.Get(FOR_EVER, a.ref()));
            queue.tell(new Queue.Join(AT_ONCE, a.ref()));
            queue.tell(new Queue.TaskDone(a.ref()));
            queue.tell(new Queue.Join(FOR_EVER, a.ref()));
            queue.tell(new Queue.TaskDone(a.ref()));

            assertThat(a.next()).isEqualTo(new Queue.Accepted());
            assertThat(a.next(Queue.Item.class).item()).isEqualTo("task");
            assertThat(a.next(Queue.TimedOut.class).message()).contains("1 of its items are not done");
            assertThat(a.next()).isEqualTo(new Queue.Done());
            assertThat(a.next()).isEqualTo(new Queue.Done());
            assertThat(a.next(Queue.Refused.class).code()).isEqualTo("nothing-unfinished");
        }
    }

    @Test
    void aPlainQueueCountsNothing() throws Exception {
        var queue = run.queue().ref();
        try (var a = new Asker<Queue.Reply>(run)) {
            queue.tell(new Queue.TaskDone(a.ref()));
            queue.tell(new Queue.Join(FOR_EVER, a.ref()));

            assertThat(a.next(Queue.Refused.class).code()).isEqualTo("wrong-kind");
            assertThat(a.next(Queue.Refused.class).code()).isEqualTo("wrong-kind");
        }
    }

    @Test
    void whatCannotTravelIsRefusedAndTheQueueGoesOn() throws Exception {
        var queue = run.queue().ref();
        try (var a = new Asker<Queue.Reply>(run)) {
            queue.tell(new Queue.Put("before", FOR_EVER, a.ref()));
            queue.tell(new Queue.Put(new Object(), FOR_EVER, a.ref()));
            queue.tell(new Queue.Put(Things.poison(), FOR_EVER, a.ref()));
            queue.tell(new Queue.Put("after", FOR_EVER, a.ref()));
            for (int i = 0; i < 3; i++) {
                queue.tell(new Queue.Get(FOR_EVER, a.ref()));
            }

            assertThat(a.next()).isEqualTo(new Queue.Accepted());
            assertThat(a.next(Queue.Refused.class).code()).isEqualTo("encoding");
            assertThat(a.next()).isEqualTo(new Queue.Accepted());
            assertThat(a.next()).isEqualTo(new Queue.Accepted());
            assertThat(a.next(Queue.Item.class).item()).isEqualTo("before");
            assertThat(a.next(Queue.Refused.class).code()).isEqualTo("decoding");
            assertThat(a.next(Queue.Item.class).item()).isEqualTo("after");
        }
    }

    @Test
    void anActorsWaitEndsWithItAndTheItemGoesToTheNext() throws Exception {
        var queue = (QueueHandle<Object>) run.queue();
        try (var a = new Asker<Queue.Reply>(run); var b = new Asker<Queue.Reply>(run)) {
            queue.ref().tell(new Queue.Get(FOR_EVER, a.ref()));
            queue.ref().tell(new Queue.Get(FOR_EVER, b.ref()));
            await().until(() -> queue.inspect().waiters().size() == 2);

            a.stop();
            await().until(() -> queue.inspect().waiters().size() == 1);
            queue.put("item");

            assertThat(b.next(Queue.Item.class).item()).isEqualTo("item");
        }
    }

    @Test
    void aPutThatWaitsEndsWithItsActor() throws Exception {
        var queue = (QueueHandle<Object>) run.queue(1);
        queue.put("first");
        try (var a = new Asker<Queue.Reply>(run)) {
            queue.ref().tell(new Queue.Put("second", FOR_EVER, a.ref()));
            await().until(() -> queue.inspect().waiters().size() == 1);
        }
        await().until(() -> queue.inspect().waiters().isEmpty());
        assertThat(queue.get()).isEqualTo("first");
        assertThat(queue.size()).isZero();
    }

    @Test
    void itemsAreMadeAnewWhereActorsRun() throws Exception {
        var queue = run.queue();
        queue.put(new Things.Witness("nowhere"));
        try (var a = new Asker<Queue.Reply>(run)) {
            queue.ref().tell(new Queue.Get(FOR_EVER, a.ref()));

            var witness = (Things.Witness) a.next(Queue.Item.class).item();
            assertThat(witness.madeOn()).contains("default-dispatcher");
        }
    }

    @Test
    void anItemThatComesAsItsAskerHasStoppedIsPutAgain() throws Exception {
        var queue = (QueueHandle<Object>) run.queue();
        var inside = run.event();
        queue.put(inside);
        agent(queue).untold(new Request.Operate(queue.target(), new Command.Get()), queue.ask(new Command.Get(), Sent.FOR_EVER));

        var got = (procession.Event) queue.get();

        got.set();
        assertThat(inside.isSet()).isTrue();
    }

    @Test
    void anItemOfAJoinableQueueThenStaysUnfinished() throws Exception {
        var queue = (QueueHandle<Object>) run.joinableQueue();
        queue.put("item");
        agent(queue).untold(new Request.Operate(queue.target(), new Command.Get()), queue.ask(new Command.Get(), Sent.FOR_EVER));

        assertThat(queue.inspect().count("unfinished")).isEqualTo(1);
        assertThat(queue.size()).isZero();
    }

    // Its end, and deliveries.

    @Test
    void aQueueThatIsShutDownTakesNothingMoreAndEndsWhenItIsEmpty() throws Exception {
        var queue = run.queue().ref();
        try (var a = new Asker<Queue.Reply>(run)) {
            queue.tell(new Queue.Put("last", FOR_EVER, a.ref()));
            queue.tell(new Queue.ShutDown(a.ref()));
            queue.tell(new Queue.Put("late", FOR_EVER, a.ref()));
            queue.tell(new Queue.Get(FOR_EVER, a.ref()));

            assertThat(a.next()).isEqualTo(new Queue.Accepted());
            assertThat(a.next()).isEqualTo(new Queue.Done());
            assertThat(a.next(Queue.Refused.class).code()).isEqualTo("shut-down");
            assertThat(a.next(Queue.Item.class).item()).isEqualTo("last");
            queue.tell(new Queue.Get(FOR_EVER, a.ref()));
            assertThat(a.next()).isEqualTo(new Queue.Ended());
        }
    }

    @Test
    void anActorThatWaitsIsToldOfTheEnd() throws Exception {
        var queue = run.queue();
        try (var a = new Asker<Queue.Reply>(run)) {
            queue.ref().tell(new Queue.Get(FOR_EVER, a.ref()));
            await().until(() -> queue.inspect().waiters().size() == 1);

            queue.shutdown();

            assertThat(a.next()).isEqualTo(new Queue.Ended());
        }
    }

    @Test
    void theDeliveryThatIsNamedIsDone() throws Exception {
        var queue = run.joinableQueue();
        queue.put("first");
        queue.put("second");
        try (var a = new Asker<Queue.Reply>(run)) {
            queue.ref().tell(new Queue.Get(FOR_EVER, a.ref()));
            queue.ref().tell(new Queue.Get(FOR_EVER, a.ref()));
            var first = a.next(Queue.Item.class);
            var second = a.next(Queue.Item.class);
            assertThat(first.redeliveries()).isZero();

            queue.ref().tell(new Queue.TaskDone(second.delivery(), a.ref()));
            queue.ref().tell(new Queue.TaskDone(second.delivery(), a.ref()));
            queue.ref().tell(new Queue.TaskDone(first.delivery(), a.ref()));

            assertThat(a.next()).isEqualTo(new Queue.Done());
            assertThat(a.next(Queue.Refused.class).code()).isEqualTo("nothing-unfinished");
            assertThat(a.next()).isEqualTo(new Queue.Done());
            queue.join(Duration.ZERO);
        }
    }

    private static QueueAgent agent(QueueHandle<?> queue) {
        var agent = new AtomicReference<QueueAgent>();
        BehaviorTestKit.create(Behaviors.<Object>setup(context -> {
            agent.set(new QueueAgent(context, queue));
            return agent.get();
        }));
        return agent.get();
    }
}
