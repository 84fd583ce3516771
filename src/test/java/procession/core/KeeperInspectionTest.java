package procession.core;

import static org.assertj.core.api.Assertions.assertThat;
import static procession.core.Stage.item;

import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import procession.Row;
import procession.core.Command.AcquireLock;
import procession.core.Command.AcquirePermits;
import procession.core.Command.AwaitCondition;
import procession.core.Command.AwaitBarrier;
import procession.core.Command.AwaitEvent;
import procession.core.Command.BreakLock;
import procession.core.Command.Get;
import procession.core.Command.JoinQueue;
import procession.core.Command.Put;
import procession.core.Command.Signal;

/** What can be seen of primitives from outside, and what a person is told. */
class KeeperInspectionTest extends KeeperStage {

    private Snapshot look(PrimitiveId id) {
        return ((Reply.Viewed) main.reply(main.asks(new Request.Inspect(id, true)))).snapshot();
    }

    private String late(long request) {
        return ((Reply.TimedOut) main.reply(request)).situation();
    }

    private long asksAtMost(PrimitiveId id, Command command) {
        return main.asksBy(1, id, command, SECOND);
    }

    /** Time passes. */
    private void after(long nanos) {
        now += nanos;
        exchange();
    }

    // Snapshots.

    @Test
    @Row({"G28", "LOCK-24"})
    void ofALockIsSeenWhoHoldsItAndWhoWaitsInWhichOrderAndSinceWhen() {
        var lock = main.makes(LOCK);
        var seller = main.spawns("seller", handle(lock, LOCK));
        var buyer = main.spawns("buyer", handle(lock, LOCK));
        long held = seller.asksBy(7, lock, new AcquireLock());
        long since = now;
        after(SECOND);
        buyer.asksBy(8, lock, new AcquireLock());
        after(SECOND);
        main.asksBy(9, lock, new AcquireLock());

        var seen = look(lock);

        assertThat(seen.holders()).containsExactly(new Snapshot.Holding("seller", 101, 7, seller.fence(held), 1, since));
        assertThat(seen.waiters()).containsExactly(
                new Snapshot.Queued("buyer", 102, 8, "to acquire it", since + SECOND),
                new Snapshot.Queued("MainProcess", 100, 9, "to acquire it", since + 2 * SECOND));
        assertThat(seen.counts()).isEqualTo(Map.of("holders", 1L, "waiters", 2L, "sleeping", 0L));
        assertThat(seen.at()).isEqualTo(now);
    }

    @Test
    @Row("LOCK-24")
    void ofALockThatIsFreeNobodyIsSeen() {
        var lock = main.makes(LOCK);

        assertThat(look(lock).holders()).isEmpty();
        assertThat(look(lock).waiters()).isEmpty();
    }

    @Test
    @Row({"LOCK-24", "G28"})
    void afterADeathTheNextHolderIsSeenAndNotTheLast() {
        var lock = main.makes(LOCK);
        var seller = main.spawns("seller", handle(lock, LOCK));
        seller.asks(lock, new AcquireLock());
        main.asks(lock, new AcquireLock());
        after(SECOND);

        keeper.gone(seller.owner, "killed", now);

        assertThat(look(lock).holders()).singleElement().satisfies(holder -> {
            assertThat(holder.process()).isEqualTo("MainProcess");
            assertThat(holder.since()).isEqualTo(now);
        });
    }

    @Test
    @Row({"RLOCK-07", "G28"})
    void ofAReentrantLockTheDepthIsSeenAndSinceWhenItIsHeldAtAll() {
        var lock = main.makes(new Spec.Lock(true));
        main.asks(lock, new AcquireLock());
        long since = now;
        after(SECOND);
        main.asks(lock, new AcquireLock());

        assertThat(look(lock).holders()).singleElement().satisfies(holder -> {
            assertThat(holder.units()).isEqualTo(2);
            assertThat(holder.since()).isEqualTo(since);
        });
    }

    @Test
    @Row("G28")
    void whoWaitsForAConditionIsSeenAfterThoseWhoWaitForTheLock() {
        var lock = main.makes(LOCK);
        var child = main.spawns("child", handle(lock, LOCK));
        main.asks(lock, new AwaitCondition("full", main.fence(main.asks(lock, new AcquireLock())), 1));
        child.asks(lock, new AcquireLock());
        main.asksBy(2, lock, new AcquireLock());

        var seen = look(lock);

        assertThat(seen.waiters()).extracting(Snapshot.Queued::wants).containsExactly("to acquire it", "for condition full");
        assertThat(seen.count("sleeping")).isEqualTo(1);
        assertThat(seen.count("sleeping full")).isEqualTo(1);
        assertThat(seen.count("waiters")).isEqualTo(2);
    }

    @Test
    @Row("G28")
    void ofASemaphoreIsSeenWhoOwesHowMuch() {
        var semaphore = main.makes(new Spec.Semaphore(5, false));
        main.asks(semaphore, new AcquirePermits(2, true));
        main.asks(semaphore, new AcquirePermits(1, false));
        main.asks(semaphore, new AcquirePermits(3, true));

        var seen = look(semaphore);

        assertThat(seen.holders()).extracting(Snapshot.Holding::units).containsExactly(2);
        assertThat(seen.waiters()).extracting(Snapshot.Queued::wants).containsExactly("to acquire 3 permits");
        assertThat(seen.counts()).isEqualTo(Map.of("holders", 1L, "waiters", 1L, "value", 2L, "owed", 2L));
    }

    @Test
    @Row({"G28", "QUEUE-09"})
    void ofAJoinableQueueIsSeenWhoHasWhatIsNotDone() {
        var spec = new Spec.Queue(2, Spec.QueueKind.JOINABLE);
        var queue = main.makes(spec);
        var worker = main.spawns("worker", handle(queue, spec));
        main.asks(queue, new Put(item("a")));
        main.asks(queue, new Put(item("b")));
        worker.asksBy(3, queue, new Get());
        long since = now;
        main.asks(queue, new JoinQueue());

        var seen = look(queue);

        assertThat(seen.holders()).containsExactly(new Snapshot.Holding("worker", 101, 3, 0, 1, since));
        assertThat(seen.waiters()).extracting(Snapshot.Queued::wants).containsExactly("for everything to be done");
        assertThat(seen.counts()).isEqualTo(Map.of("holders", 1L, "waiters", 1L, "size", 1L, "full", 0L, "unfinished", 2L,
                "shut-down", 0L, "dead-letters", 0L));
    }

    @Test
    @Row("G28")
    void ofEventsAndBarriersIsSeenWhoWaits() {
        var event = main.makes(new Spec.Event());
        var barrier = main.makes(new Spec.Barrier(2, Sent.FOR_EVER));
        main.asks(event, new AwaitEvent());
        main.asks(barrier, new AwaitBarrier(false));

        assertThat(look(event).waiters()).extracting(Snapshot.Queued::wants).containsExactly("for it to be set");
        assertThat(look(event).count("set")).isZero();
        assertThat(look(barrier).waiters()).extracting(Snapshot.Queued::wants).containsExactly("for the other parties");
        assertThat(look(barrier).count("parties")).isEqualTo(2);
    }

    @Test
    void theFirstOfACrowdAreNamedAndAllAreCounted() {
        var lock = main.makes(LOCK);
        IntStream.rangeClosed(0, 100).forEach(i -> main.asks(lock, new AcquireLock()));

        var seen = look(lock);

        assertThat(seen.waiters()).hasSize(Snapshot.MOST);
        assertThat(seen.count("waiters")).isEqualTo(100);
    }

    @Test
    void lookingChangesNothing() {
        var lock = main.makes(LOCK);
        main.asks(lock, new AcquireLock());
        main.asks(lock, new AcquireLock());
        var before = keeper.view(lock);

        look(lock);

        assertThat(keeper.view(lock)).isEqualTo(before);
    }

    @Test
    void whatIsGoneCannotBeLookedInto() {
        var lock = main.makes(LOCK);
        main.drops(lock, Resource.WHOLE);

        long look = main.asks(new Request.Inspect(lock, true));

        assertThat(((Reply.Refused) main.reply(look)).code()).isEqualTo(Refusals.NOT_FOUND);
    }

    // What a time-out says.

    @Test
    @Row("G28")
    void whoWaitedForALockInVainIsToldWhoHasItSinceWhenAndWhoIsAhead() {
        var lock = main.makes(LOCK);
        var child = main.spawns("child", handle(lock, LOCK));
        long held = main.asks(lock, new AcquireLock());
        after(SECOND / 2);
        child.asks(lock, new AcquireLock());

        long late = asksAtMost(lock, new AcquireLock());
        after(SECOND);

        assertThat(late(late)).isEqualTo("It is held by MainProcess (pid 100) for 1.5 s (fence " + main.fence(held)
                + "). Ahead: child (pid 101) for 1.0 s.");
    }

    @Test
    @Row("G28")
    void whoWaitedForPermitsInVainIsToldWhoOwesThem() {
        var semaphore = main.makes(new Spec.Semaphore(2, true));
        main.asks(semaphore, new AcquirePermits(1, true));

        long late = asksAtMost(semaphore, new AcquirePermits(2, true));
        after(SECOND);

        assertThat(late(late)).isEqualTo("It has 1 of 2 permits; owed by MainProcess (pid 100) for 1.0 s (fence 1).");
    }

    @Test
    @Row({"G28", "JQ-12"})
    void whoJoinedInVainIsToldWhoStillOwes() {
        var spec = new Spec.Queue(0, Spec.QueueKind.JOINABLE);
        var queue = main.makes(spec);
        var worker = main.spawns("worker", handle(queue, spec));
        main.asks(queue, new Put(item("a")));
        main.asks(queue, new Put(item("b")));
        worker.asks(queue, new Get());

        long late = asksAtMost(queue, new JoinQueue());
        after(SECOND);

        assertThat(late(late)).isEqualTo("2 of its items are not done: 1 still in the queue, 1 with worker (pid 101) for 1.0 s.");
    }

    @Test
    @Row("G28")
    void whoWaitedAtABarrierInVainIsToldHowManyHaveCome() {
        var barrier = main.makes(new Spec.Barrier(3, Sent.FOR_EVER));
        main.asks(barrier, new AwaitBarrier(false));

        long late = asksAtMost(barrier, new AwaitBarrier(false));
        after(SECOND);

        assertThat(late(late)).isEqualTo("2 of 3 parties have come.");
    }

    @Test
    void theOthersAtABarrierAreToldWhoLostPatience() {
        var barrier = main.makes(new Spec.Barrier(3, Sent.FOR_EVER));
        long patient = main.asks(barrier, new AwaitBarrier(false));

        asksAtMost(barrier, new AwaitBarrier(false));
        after(SECOND);

        assertThat(((Reply.Refused) main.reply(patient)).message())
                .isEqualTo("The barrier is broken: MainProcess (pid 100) waited no longer.");
    }

    @Test
    void whoWaitedForAConditionInVainIsToldSoWithTheLock() {
        var lock = main.makes(LOCK);
        long waited = asksAtMost(lock, new AwaitCondition("full", main.fence(main.asks(lock, new AcquireLock())), 1));

        after(SECOND);

        assertThat(main.reply(waited)).isInstanceOfSatisfying(Reply.Resumed.class, resumed -> assertThat(resumed.signalled()).isFalse());
    }

    // What a person hears of.

    @Test
    @Row({"G03", "G02", "LOCK-17"})
    void aLockThatIsTakenAwayByHandIsRecordedAndAPersonHearsOfIt() {
        var lock = main.opens("till", LOCK);
        var child = main.spawns("child");
        long held = child.asks(lock, new AcquireLock());

        long broken = main.asks(lock, new BreakLock("", ""));

        assertThat(main.reply(broken)).isEqualTo(new Reply.Done());
        assertThat(keeper.takeAlarms()).containsExactly(
                "The lock 'till' was taken away: child (pid 101) held it, MainProcess (pid 100) broke it.");
        assertThat(happenings).filteredOn(happening -> happening.kind() == Happening.Kind.BROKEN).singleElement().satisfies(happening -> {
            assertThat(happening.process()).isEqualTo("MainProcess");
            assertThat(happening.number()).isEqualTo(child.fence(held));
            assertThat(happening.detail()).isEqualTo("child (pid 101) held it, MainProcess (pid 100) broke it");
        });
    }

    @Test
    void aDeadLetterIsRecordedAndAPersonHearsOfIt() {
        keeper = new Keeper(new Rules(1000, 0, Rules.OnDeadlock.REPORT, false), happenings::add);
        keeper.hello(main.hello, now);
        var queue = main.opens("jobs", new Spec.Queue(0, Spec.QueueKind.JOINABLE));
        var worker = main.spawns("worker");
        main.asks(queue, new Put(item("a")));
        worker.asks(queue, new Get());

        keeper.gone(worker.owner, "killed by signal 9", now);

        assertThat(keeper.takeAlarms()).containsExactly("Item 1 of joinable queue 'jobs' is a dead letter: it was given out once and"
                + " never done; worker killed by signal 9.");
        assertThat(keeper.takeAlarms()).isEmpty();
        assertThat(happenings).extracting(Happening::kind).contains(Happening.Kind.DEAD_LETTER);
    }

    @Test
    void nothingElseIsAnAlarm() {
        var lock = main.makes(LOCK);
        long held = main.asks(lock, new AcquireLock());
        main.asks(lock, new Signal("full", main.fence(held), 1));
        var barrier = main.makes(new Spec.Barrier(2, Sent.FOR_EVER));
        main.asks(barrier, new Command.AbortBarrier(""));

        assertThat(keeper.takeAlarms()).isEmpty();
    }
}
