package procession.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static procession.core.Happening.Kind.GRANTED;
import static procession.core.Happening.Kind.PROCESS_ENDED;
import static procession.core.Happening.Kind.PUT;
import static procession.core.Happening.Kind.SET;
import static procession.testkit.Expected.that;
import static procession.testkit.ProcessionAssertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import procession.Event;
import procession.JoinableQueue;
import procession.Lock;
import procession.Procession;
import procession.Queue;
import procession.core.Happening;
import procession.node.Runs;

/** What assertions of a history let pass, and what the others say. */
@Timeout(180)
class HistoryAssertIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int TIMES = 200;

    @RegisterExtension
    static final ProcessionExtension EXTENSION = ProcessionExtension.create();

    private Procession run;
    private TestRun test;
    private History history;

    @BeforeEach
    void begin(Procession ofThisTest, TestRun inItsHands, History sinceItBegan) {
        run = ofThisTest;
        test = inItsHands;
        history = sinceItBegan;
    }

    private static void fails(org.assertj.core.api.ThrowableAssert.ThrowingCallable assertion, String... message) {
        assertThatThrownBy(assertion).isInstanceOf(AssertionError.class).hasMessageContainingAll(message);
    }

    // Locks.

    @Test
    void aLockThatIsLentIsSeenToBeHeldByOneAtATimeByTheUsersClocks() throws Exception {
        var lock = run.lock("lent");
        var child = run.process(HistoryAssertIT::useOften, lock).name("child").start();
        assertThat(child.join(PATIENCE)).isPresent();
        lock.acquire().release();

        assertThat(history).heldByOneAtATime(lock).heldBy(lock, "child").heldBy(lock, "MainProcess").neverHeldBy(lock, "nobody");

        assertThat(history.holds(lock)).hasSize(TIMES + 1).allMatch(hold -> hold.isOver());
        assertThat(history.of(lock)).filteredOn(one -> one.kind() == GRANTED).hasSizeLessThan(10);
    }

    private static void useOften(Lock lock) throws InterruptedException {
        for (int time = 0; time < TIMES; time++) {
            lock.acquire().release();
        }
    }

    @Test
    void ofALockThatNobodyHeldNothingIsSaid() throws Exception {
        var lock = run.lock("unused");

        fails(() -> assertThat(history).heldByOneAtATime(lock),
                "Expected lock 'unused' to be held by one at a time, but nobody ever held it.");
        fails(() -> assertThat(history).heldBy(lock, "child"), "granted to child, but it was granted to nobody");
    }

    @Test
    void holdsThatOverlapAreNamed() throws Exception {
        var lock = run.lock("broken");
        var taken = lock.acquire();
        lock.breakLock();
        lock.acquire().release();
        assertThat(history).heldByOneAtATime(lock);
        var judgement = procession.record.Judgement.of(recordOf(Runs.idOf(lock), taken.fence()));

        fails(() -> new HistoryAssert(new Seen(Runs.happenings(run), Optional.of(judgement), 0)).heldByOneAtATime(lock),
                "lock 'broken' to be held by one at a time, but b (fence 8) was granted it while a (fence 7) held it.");
        fails(() -> new HistoryAssert(new Seen(Runs.happenings(run), Optional.of(judgement), 0)).keepsTheLaws(),
                "Expected the laws of the record to hold, but", "BROKEN: mutual exclusion", "What should hold: A lock is held once");
    }

    /** Two who hold it at once, as no run of ours does. */
    private java.nio.file.Path recordOf(procession.core.PrimitiveId lock, long fence) throws java.io.IOException {
        var file = folder.resolve("record.jsonl");
        var lines = new java.util.ArrayList<String>();
        lines.add("{\"type\":\"record\",\"format\":1,\"run\":\"r\",\"version\":\"\",\"start\":\"2026-01-01T00:00:00Z\",\"nanos\":0,"
                + "\"redeliveries\":3}");
        for (int owner = 1; owner <= 2; owner++) {
            var who = "\"owner\":" + owner + ",\"process\":\"" + (owner == 1 ? "a" : "b") + "\",";
            lines.add("{\"type\":\"invoked\",\"nanos\":" + owner + "0," + who + "\"strand\":1,\"request\":1,\"primitive\":\"" + lock
                    + "\",\"command\":\"AcquireLock\"}");
            lines.add("{\"type\":\"returned\",\"nanos\":" + owner + "1," + who + "\"request\":1,\"outcome\":\"Granted\",\"number\":"
                    + (6 + owner) + ",\"units\":1}");
        }
        lines.add("{\"type\":\"end\",\"nanos\":99,\"owner\":1,\"orderly\":true}");
        return java.nio.file.Files.write(file, lines);
    }

    @org.junit.jupiter.api.io.TempDir
    private java.nio.file.Path folder;

    @Test
    void theOrderOfGrantsIsThatInWhichTheyWereMade() throws Exception {
        var lock = run.lock("in order");
        var grant = lock.acquire();
        for (var name : List.of("first", "second")) {
            run.process(HistoryAssertIT::useOnce, lock).name(name).start();
            test.awaitWaiting(name);
        }
        grant.release();
        for (var child : run.activeChildren()) {
            child.join(PATIENCE);
        }

        assertThat(history).grantedInOrder(lock, "MainProcess", "first", "second").grantedInOrder(lock, "first", "second");

        fails(() -> assertThat(history).grantedInOrder(lock, "second", "first"),
                "Expected lock 'in order' to be granted in the order second, first, but it was first, second.");
        fails(() -> assertThat(history).grantedInOrder(lock, "first", "first", "second"), "but it was first, second.");
        fails(() -> assertThat(history).neverHeldBy(lock, "first"),
                "Expected lock 'in order' never to be granted to first, but it was, once.", "What happened to lock 'in order':");
        fails(() -> assertThat(history).heldBy(lock, "third"), "but it was granted to MainProcess, first, second.");
    }

    private static void useOnce(Lock lock) throws InterruptedException {
        lock.acquire().release();
    }

    @Test
    void grantsOfASemaphoreAreTheKeepers() throws Exception {
        var semaphore = run.semaphore("permits", 2);
        semaphore.acquire().release();

        assertThat(history).heldBy(semaphore, "MainProcess").neverHeldBy(semaphore, "child").grantedInOrder(semaphore, "MainProcess");
    }

    @Test
    void whoDiedHoldingALockIsNamed() throws Exception {
        var lock = run.lock("orphan");
        var holder = run.process(HistoryAssertIT::holds, lock, run.event()).name("holder").start();
        test.awaitWaiting("holder");
        assertThat(history).neverAbandoned(lock);
        fails(() -> assertThat(history).abandoned(lock, "holder"), "but nobody was told of any such thing.");

        test.kill(holder);
        lock.acquire().release();

        assertThat(history).abandoned(lock, "holder").heldByOneAtATime(lock).keepsTheLaws().noDeadlock()
                .happened(that(PROCESS_ENDED).to("holder").saying("killed by signal 9"));
        fails(() -> assertThat(history).abandoned(lock, "other"), "the next holder was told of holder.");
        fails(() -> assertThat(history).neverAbandoned(lock), "Expected lock 'orphan' never to be abandoned, but it was by holder.");
    }

    private static void holds(Lock lock, Event forEver) throws InterruptedException {
        try (var grant = lock.acquire()) {
            forEver.await();
        }
    }

    @Test
    void aCycleOfWaitsIsShown() throws Exception {
        var lock = run.lock("alone");
        try (var grant = lock.acquire()) {
            assertThat(lock.tryAcquire(Duration.ofMillis(10))).isEmpty();
        }

        fails(() -> assertThat(history).noDeadlock(), "Expected no deadlock, but there was one:\n", "alone");
    }

    // Items.

    @Test
    void itemsThatWereReceivedOnceAre() throws Exception {
        Queue<Integer> queue = run.queue("items");
        fails(() -> assertThat(history).everyItemReceived(queue),
                "Expected every item of queue 'items' to be received, but nothing was put.");
        queue.put(1);
        queue.put(2);
        queue.get();
        fails(() -> assertThat(history).everyItemReceived(queue), "but item 2 of 2 was not.");
        queue.get();

        assertThat(history).everyItemReceivedOnce(queue).cameBack(queue, 0);
    }

    @Test
    void anItemThatCameBackIsReceivedMoreThanOnce() throws Exception {
        JoinableQueue<Integer> queue = run.joinableQueue("work");
        queue.put(1);
        queue.put(2);
        var worker = run.process(HistoryAssertIT::getsAndWaits, queue, run.event()).name("worker").start();
        test.awaitWaiting("worker");
        fails(() -> assertThat(history).everyItemDone(queue),
                "Expected every item of joinable queue 'work' to be done, but item 1, 2 of 2 was not.");

        test.kill(worker);
        fails(() -> assertThat(history).everyItemReceived(queue), "but item 1, 2 of 2 was not.");
        for (int item = 1; item <= 2; item++) {
            assertThat(queue.get(PATIENCE)).isEqualTo(item);
            queue.taskDone();
        }

        assertThat(history).everyItemReceived(queue).everyItemDone(queue).cameBack(queue, 1).keepsTheLaws();
        fails(() -> assertThat(history).everyItemReceivedOnce(queue), "but item 1 was received more than once.");
        fails(() -> assertThat(history).cameBack(queue, 2), "to come back twice, but they did once.");
    }

    private static void getsAndWaits(JoinableQueue<Integer> queue, Event forEver) throws InterruptedException {
        queue.get();
        forEver.await();
    }

    @Test
    void messagesOfAPipeAreItemsOfTheirDirection() throws Exception {
        var pipe = run.pipe();
        pipe.first().send("there");
        pipe.second().send("and back");
        pipe.second().receive();
        fails(() -> assertThat(history).everyItemReceived(pipe.first()), "but item 1 to 1 of 2 was not.");
        pipe.first().receive();

        assertThat(history).everyItemReceivedOnce(pipe.first()).everyItemReceivedOnce(pipe.second());
    }

    // Anything.

    @Test
    void whatHappenedIsCounted() throws Exception {
        var event = run.event("signal");
        event.set();
        var set = that(SET).of(event).to("MainProcess");

        assertThat(history).happened(set).happened(1, set).neverHappened(that(SET).to("child")).neverHappened(that(PUT));

        assertThat(history.count(set)).isEqualTo(1);
        fails(() -> assertThat(history).happened(2, set),
                "Expected to happen twice: set of event 'signal' to MainProcess. It happened once.\nWhat happened:");
        fails(() -> assertThat(history).happened(that(PUT).saying("x")), "Expected to happen: put ('x'). It did not.");
        fails(() -> assertThat(history).neverHappened(set), "Expected to happen 0 times: set of event 'signal'");
    }

    @Test
    void whatHappenedIsInOrder() throws Exception {
        var event = run.event("signal");
        var lock = run.lock("lock");
        event.set();
        lock.acquire().release();

        assertThat(history).inThisOrder(that(Happening.Kind.MADE).of(event), that(SET).of(event), that(GRANTED).of(lock));

        fails(() -> assertThat(history).inThisOrder(that(GRANTED).of(lock), that(SET).of(event)),
                "Expected in this order: granted of lock 'lock', set of event 'signal'. There was no set of event 'signal' after granted"
                        + " of lock 'lock'.");
    }

    @Test
    void ofARunThatIsNotRecordedOnlyTheKeepersPartIsKnown() throws Exception {
        var lock = run.lock("unrecorded");
        lock.acquire().release();
        var unrecorded = new HistoryAssert(new Seen(Runs.happenings(run), Optional.empty(), 0));

        assertThatThrownBy(() -> unrecorded.heldByOneAtATime(lock)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not recorded").hasMessageContaining("procession.record.file");
    }

    @Test
    void whatIsForgottenIsNotJudged() {
        var some = Runs.happenings(run);

        assertThatThrownBy(() -> new Seen(some.subList(some.size() - 1, some.size()), Optional.empty(), 0))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("procession.record.size");
    }
}
