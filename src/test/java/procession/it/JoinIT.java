package procession.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Down;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import procession.Procession;
import procession.core.Happening;
import procession.testkit.Program;
import procession.testkit.ProcessionExtension;
import procession.testkit.TestRun;

/** A program that joins the run of this process: it takes part like any other, and its end is seen. */
@Timeout(180)
class JoinIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(300);

    @RegisterExtension
    final ProcessionExtension extension = ProcessionExtension.create().name("join-it").judged();

    private TestRun test;
    private Procession run;
    private Program guest;

    @BeforeEach
    void begin(TestRun ofThisTest) {
        test = ofThisTest;
        run = test.run();
        // On a busy machine a JVM takes longer to end than people want to wait.
        guest = test.program(Guest.class, "join-it", "procession.process.name=guest", "procession.end.kill-after=30 s");
    }

    private void guestDoes(String order, String printed) throws InterruptedException {
        guest.tell(order);
        guest.awaitOut(LONG, printed);
    }

    @Test
    void itIsAProcessOfTheRunAndWaitsForALockThatItFindsByName() throws Exception {
        var grant = run.lock("common").acquire();
        guest.tell("lock");

        test.awaitWaiting("guest");
        grant.release();

        guest.awaitOut(LONG, "locked, fence ");
        assertThat(guest.out()).startsWith("joined join-it as guest, parent false\n");
        assertThat(test.happenings()).filteredOn(happening -> happening.kind() == Happening.Kind.PROCESS_STARTED)
                .extracting(Happening::process, Happening::detail)
                .contains(org.assertj.core.groups.Tuple.tuple("guest", "pid " + guest.pid() + ", joined"));
    }

    @Test
    void whenItIsKilledWhatItHeldPassesOnAndTheNextIsTold() throws Exception {
        guestDoes("lock", "locked");
        var waiting = run.lock("common").acquireAsync(LONG);

        guest.signal("KILL");

        assertThat(waiting.get().abandoned()).hasValueSatisfying(dead -> assertThat(dead.process()).isEqualTo("guest"));
        assertThat(test.count(Happening.Kind.PROCESS_ENDED, "guest")).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"throw", "7", "TERM"})
    void whateverEndsItWhatItHeldPassesOn(String how) throws Exception {
        guestDoes("lock", "locked");
        var waiting = run.lock("common").acquireAsync(LONG);

        if (how.equals("TERM")) {
            guest.signal(how);
        } else {
            guest.tell(how);
        }

        assertThat(waiting.get().abandoned()).hasValueSatisfying(ended -> assertThat(ended.process()).isEqualTo("guest"));
        assertThat(guest.awaitExit(LONG)).isIn(1, 7, 143);
    }

    @Test
    void whileItStandsStillItKeepsWhatItHolds() throws Exception {
        guestDoes("lock", "locked");

        guest.signal("STOP");
        assertThat(run.lock("common").tryAcquire(SHORT)).isEmpty();
        guest.signal("CONT");
        guest.tell("unlock");

        assertThat(run.lock("common").acquire(LONG).abandoned()).isEmpty();
    }

    @Test
    void whenItLeavesWhatItHeldPassesOnAndItLivesOn() throws Exception {
        guestDoes("lock", "locked");

        guestDoes("close", "closed");

        assertThat(run.lock("common").acquire(LONG).abandoned()).hasValueSatisfying(left ->
                assertThat(left.outcome()).isEqualTo("left the run"));
        guestDoes("lock", "lock: This process has left the run 'join-it'.");
        guest.tell("5");
        assertThat(guest.awaitExit(LONG)).isEqualTo(5);
        assertThat(guest.err()).isEmpty();
    }

    @Test
    void theEndOfTheRunIsToldToItsCallsAndItsChildrenAndItLivesOn() throws Exception {
        guestDoes("start", "works");
        guest.tell("wait");
        test.awaitWaiting("guest");

        run.close();

        guest.awaitOut(LONG, "wait: The run has ended; its locks, queues and pipes are gone.");
        guestDoes("join", "child killed by signal 15, as the run had ended");
        guestDoes("lock", "lock: The run 'join-it' has ended.");
        guestDoes("start", "start: The run 'join-it' has ended.");
        guest.tell("6");
        assertThat(guest.awaitExit(LONG)).isEqualTo(6);
        assertThat(guest.err()).isEmpty();
    }

    @Test
    void itsChildTakesPartAndEndsWithItAndWhatBothHeldPassesOn() throws Exception {
        guestDoes("lock", "locked");
        guest.tell("start");
        assertThat(run.queue("results").get(LONG)).isEqualTo("from worker");
        var children = guest.handle().children().toList();
        assertThat(guest.out()).containsPattern("\\[worker \\d+] works\n");

        guest.signal("KILL");

        assertThat(run.lock("child's").acquire(LONG).abandoned()).hasValueSatisfying(dead ->
                assertThat(dead.process()).isEqualTo("worker"));
        assertThat(run.lock("common").acquire(LONG).abandoned()).isPresent();
        test.await(LONG, "the child has ended", () -> children.size() == 1 && children.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void controlCEndsItAndItsChildrenAndNotTheRun() throws Exception {
        guestDoes("start", "works");
        var children = guest.handle().children().toList();

        for (var process : List.of(guest.handle(), children.getFirst())) {
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        }

        assertThat(guest.awaitExit(LONG)).isEqualTo(130);
        test.await(LONG, "the child has ended", () -> !children.getFirst().isAlive());
        run.lock("child's").acquire(LONG).release();
        assertThat(guest.err()).isEmpty();
    }

    @Test
    void whoseInputEndsLeavesWithTheThreadThatJoined() throws Exception {
        guestDoes("lock", "locked");

        guest.endInput();

        assertThat(guest.awaitExit(LONG)).isZero();
        assertThat(run.lock("common").acquire(LONG).abandoned()).hasValueSatisfying(left ->
                assertThat(left.outcome()).isEqualTo("left the run"));
    }

    @Test
    void oneThatIsCutOffFromARunThatGoesOnStops() throws Exception {
        guestDoes("lock", "locked");

        run.spawn(Behaviors.<String>setup(JoinIT::downsTheOther), "downs");

        assertThat(guest.awaitExit(LONG)).isEqualTo(1);
        assertThat(guest.err()).isEqualTo("procession: this process has been cut off from its run and stops.\n");
        assertThat(run.lock("common").acquire(LONG).abandoned()).isPresent();
    }

    private static Behavior<String> downsTheOther(ActorContext<String> context) {
        var cluster = Cluster.get(context.getSystem());
        for (var member : cluster.state().getMembers()) {
            if (!member.address().equals(cluster.selfMember().address())) {
                cluster.manager().tell(new Down(member.address()));
                return Behaviors.stopped();
            }
        }
        return Behaviors.withTimers(timers -> {
            timers.startSingleTimer("look again", Duration.ofMillis(50));
            return Behaviors.receiveMessage(again -> downsTheOther(context));
        });
    }

    @Test
    void aProcessThatTakesPartJoinsNoOther() throws Exception {
        assertThatThrownBy(() -> Procession.join("join-it")).isInstanceOf(IllegalStateException.class)
                .hasMessage("This JVM has a run already, 'join-it'; close it before joining another.");
        assertThat(run.process(JoinIT::joins).start().join().value()).asString()
                .startsWith("This JVM is process Process-1 of a run;");
    }

    private static String joins() {
        try {
            return "joined " + Procession.join("join-it");
        } catch (IllegalStateException refused) {
            return refused.getMessage();
        }
    }
}
