package procession.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import procession.ClusterException;
import procession.Event;
import procession.Outcome;
import procession.Procession;
import procession.RunEndedException;
import procession.RunNotFoundException;
import procession.testkit.Program;

/** This process joins the runs of other programs. */
@Timeout(180)
class JoinedIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    /** On a busy machine a JVM takes longer to end than people want to wait. */
    private static final Map<String, String> PATIENT = Map.of("procession.end.kill-after", "30 s");

    private final List<Program> hosts = new ArrayList<>();

    private Program host(String name) throws InterruptedException {
        var host = Program.start(Host.class, name);
        hosts.add(host);
        host.awaitOut(LONG, "up\n");
        return host;
    }

    @AfterEach
    void endHosts() {
        hosts.forEach(Program::close);
    }

    private static void waits(Event event) throws InterruptedException {
        event.set();
        Procession.current().event("never").await();
    }

    @Test
    void whenMainIsKilledCallsSaySoChildrenEndAndThisProcessGoesOn() throws Exception {
        var host = host("killed");
        try (var run = Procession.join("killed", PATIENT)) {
            var begun = run.event();
            var child = run.process(JoinedIT::waits, begun).start();
            begun.await();
            var waiting = run.lock("held by the host").acquireAsync();

            host.signal("KILL");

            assertThatThrownBy(waiting::get).isInstanceOf(ExecutionException.class).hasCauseInstanceOf(RunEndedException.class);
            assertThatThrownBy(begun::isSet).isInstanceOf(RunEndedException.class);
            assertThat(child.join()).isEqualTo(new Outcome.Killed(15, "as the run had ended"));
        }
        try (var next = Procession.start()) {
            assertThat(next.lock().tryAcquire()).isPresent();
        }
    }

    @Test
    void whenMainEndsItsRunAndLivesOnCallsSaySo() throws Exception {
        var host = host("closed");
        try (var run = Procession.join("closed")) {
            var waiting = run.lock("held by the host").acquireAsync();

            host.tell("end");

            assertThatThrownBy(waiting::get).isInstanceOf(ExecutionException.class).hasCauseInstanceOf(RunEndedException.class);
        }
        host.awaitOut(LONG, "over\n");
        assertThat(host.handle().isAlive()).isTrue();
        assertThatThrownBy(() -> Procession.join("closed")).isInstanceOf(RunNotFoundException.class);
    }

    @Test
    void whoHasLeftMayJoinAgain() throws Exception {
        host("twice");
        for (var name : List.of("first", "second")) {
            try (var run = Procession.join("twice", Map.of("procession.process.name", name))) {
                assertThat(run.lock("common").acquire().abandoned()).map(left -> left.process())
                        .isEqualTo(name.equals("first") ? java.util.Optional.empty() : java.util.Optional.of("first"));
                assertThat(Procession.currentProcess().name()).isEqualTo(name);
                assertThat(run.process(JoinedIT::waits, run.event()).name()).isEqualTo(name + ":1");
            }
        }
    }

    @Test
    void twoRunsOfOneNameAreToldApartByTheirPidsAndDoNotDisturbEachOther() throws Exception {
        var one = host("twin");
        var other = host("twin");

        assertThatThrownBy(() -> Procession.join("twin")).isInstanceOf(RunNotFoundException.class)
                .hasMessageContainingAll("twin-" + one.pid(), "twin-" + other.pid());
        for (var host : List.of(one, other)) {
            try (var run = Procession.join("twin-" + host.pid())) {
                assertThat(run.name()).isEqualTo("twin");
                assertThat(run.lock("held by the host").inspect().holders()).extracting(holder -> holder.pid()).containsExactly(host.pid());
                run.lock("common").acquire();
            }
        }
        one.signal("KILL");
        one.awaitExit(LONG);
        try (var run = Procession.join("twin")) {
            assertThat(run.lock("held by the host").inspect().holders()).extracting(holder -> holder.pid()).containsExactly(other.pid());
        }
    }

    @Test
    void aWrongNameNamesTheRunsThereAre() throws Exception {
        host("right");

        assertThatThrownBy(() -> Procession.join("wrong")).isInstanceOf(RunNotFoundException.class)
                .hasMessageContaining("There is no run 'wrong' of yours; there are").hasMessageContaining("right");
    }

    @Test
    void aMainProcessThatStandsStillIsGivenUpAndTheNextTryIsFree() throws Exception {
        var host = host("stopped");
        host.signal("STOP");

        assertThatThrownBy(() -> Procession.join("stopped", Map.of("procession.join.timeout", "1 s"))).isInstanceOf(ClusterException.class)
                .hasMessageStartingWith("The run 'stopped' (main process " + host.pid() + ") did not answer within 1 s");
        host.signal("CONT");

        try (var run = Procession.join("stopped")) {
            assertThat(run.lock("common").tryAcquire()).isPresent();
        }
    }
}
