package procession.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import procession.Barrier;
import procession.BrokenBarrierException;
import procession.Event;
import procession.Queue;
import procession.Row;

/** A barrier among real processes. */
class BarrierIT extends OneRun {

    private static final int ROUNDS = 20;

    /** A thread of this process that waits at it, and what breaks it. */
    private static CompletableFuture<String> waits(Barrier barrier) throws InterruptedException {
        int before = barrier.waiting();
        var thread = CompletableFuture.supplyAsync(() -> comes(barrier));
        test.await(LONG, "a thread of main waits at the barrier", () -> barrier.waiting() > before || thread.isDone());
        return thread;
    }

    private static String comes(Barrier barrier) {
        try {
            return "passed as " + barrier.await();
        } catch (BrokenBarrierException broken) {
            return broken.getMessage();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    @Row({"BAR-01", "BAR-02", "BAR-03"})
    void processesGoThroughTheirRoundsTogetherAndOneOfThemActsInBetween() throws Exception {
        var barrier = run.barrier(3);
        Queue<String> story = run.queue();
        var children = List.of(run.process(BarrierIT::rounds, barrier, story).start(),
                run.process(BarrierIT::rounds, barrier, story).start());

        var numbers = new ArrayList<>(List.of(rounds(barrier, story)));
        for (var child : children) {
            @SuppressWarnings("unchecked")
            var others = (List<Integer>) child.join().value();
            numbers.add(others);
        }

        for (int round = 0; round < ROUNDS; round++) {
            int now = round;
            assertThat(numbers).extracting(all -> all.get(now)).containsExactlyInAnyOrder(0, 1, 2);
            assertThat(List.of(story.getNow(), story.getNow(), story.getNow())).containsOnly("comes for " + round);
            assertThat(story.getNow()).isEqualTo("action of " + round);
        }
        assertThat(story.isEmpty()).isTrue();
    }

    private static List<Integer> rounds(Barrier barrier, Queue<String> story) throws InterruptedException {
        var numbers = new ArrayList<Integer>();
        for (int round = 0; round < ROUNDS; round++) {
            int now = round;
            story.put("comes for " + round);
            numbers.add(barrier.await(() -> story.putAsync("action of " + now).join()));
        }
        return numbers;
    }

    @Test
    @Row({"BAR-15", "BAR-14", "G04"})
    void aPartyThatStandsStillIsWaitedForAndItsDeathBreaksTheBarrier() throws Exception {
        var barrier = run.barrier(3);
        var doomed = run.process(BarrierIT::comes, barrier).name("doomed").start();
        test.awaitWaiting("doomed");
        var waiting = waits(barrier);
        test.pause(doomed);
        assertThat(barrier.waiting()).isEqualTo(2);
        assertThat(barrier.isBroken()).isFalse();

        test.kill(doomed);

        assertThat(waiting.get(60, TimeUnit.SECONDS)).endsWith("The barrier is broken: doomed, one of its parties, killed by signal 9.");
        assertThat(barrier.waiting()).isZero();
        barrier.abort();
        barrier.reset();
        assertThat(barrier.isBroken()).isFalse();
    }

    @Test
    @Row("G04")
    void whoReturnsIsNotMissedAtTheNextRoundButWhoFailsIs() throws Exception {
        var barrier = run.barrier("meet", 3);
        var mayFail = run.event();
        var good = run.process(BarrierIT::comes, barrier).name("good").start();
        var bad = run.process(BarrierIT::comesAndFails, mayFail).name("bad").start();
        assertThat(comes(barrier)).startsWith("passed as ");
        var next = waits(barrier);
        good.join();
        assertThat(barrier.isBroken()).isFalse();

        try (var captured = new Captured()) {
            mayFail.set();
            bad.join();
        }

        assertThat(next.get(60, TimeUnit.SECONDS)).contains("bad, one of its parties, exited with status 1");
    }

    private static void comesAndFails(Event mayFail) throws InterruptedException {
        procession.Procession.current().barrier("meet").await();
        mayFail.await();
        throw new IllegalStateException("mine");
    }
}
