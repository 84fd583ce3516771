package procession.it.ending;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import procession.Event;
import procession.Lock;
import procession.Predecessor;
import procession.Process;
import procession.Procession;
import procession.testkit.ProcessionExtension;
import procession.testkit.TestRun;

/** However a parent ends that is not the main process: what becomes of its child, and of what the child holds. */
@Timeout(180)
class ParentEndsIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(200);

    @RegisterExtension
    static final ProcessionExtension EXTENSION = ProcessionExtension.create().judged();

    private TestRun test;

    @BeforeEach
    void runOf(TestRun ofThisClass) {
        test = ofThisClass;
    }

    static void parent(Lock lock, Event told, Event childTold, Ending ending) throws InterruptedException {
        Procession.current().process(ParentEndsIT::child, lock, childTold).name("child of " + ending).start();
        ending.await(told);
    }

    static void child(Lock lock, Event told) throws InterruptedException {
        lock.acquire();
        told.await();
    }

    private Process started(Lock lock, Event told, Event childTold, Ending ending) throws InterruptedException {
        var parent = test.run().process(ParentEndsIT::parent, lock, told, childTold, ending).name("parent of " + ending).start();
        test.await(LONG, "the child holds the lock", () -> !lock.inspect().holders().isEmpty()
                && told.inspect().count("waiters") == 1);
        return parent;
    }

    @ParameterizedTest
    @EnumSource(value = Ending.class, names = {"RETURN", "EXCEPTION"})
    void whoseBodyEndsWaitsForItsChildren(Ending ending) throws Exception {
        var lock = test.run().lock();
        var told = test.run().event();
        var childTold = test.run().event();
        var parent = started(lock, told, childTold, ending);

        ending.bringTo(parent, told);
        assertThat(parent.join(SHORT)).isEmpty();
        childTold.set();

        assertThat(parent.join()).isInstanceOf(ending.outcome());
        assertThat(lock.acquire(LONG).abandoned()).map(Predecessor::process).contains("child of " + ending);
    }

    @ParameterizedTest
    @EnumSource(value = Ending.class, names = {"EXIT", "SIGTERM", "SIGKILL"})
    void whoseProcessEndsTakesItsChildrenWithIt(Ending ending) throws Exception {
        var lock = test.run().lock();
        var told = test.run().event();
        var parent = started(lock, told, test.run().event(), ending);
        var child = ProcessHandle.of(lock.inspect().holders().getFirst().pid()).orElseThrow();

        ending.bringTo(parent, told);

        assertThat(lock.acquire(LONG).abandoned()).map(Predecessor::process).contains("child of " + ending);
        assertThat(parent.join()).isInstanceOf(ending.outcome());
        test.await(LONG, "the child has ended", () -> !child.isAlive());
    }

    @Test
    void whoStandsStillKeepsNobodyFromGoingOn() throws Exception {
        var lock = test.run().lock();
        var told = test.run().event();
        var childTold = test.run().event();
        var parent = started(lock, told, childTold, Ending.RETURN);

        test.pause(parent);
        childTold.set();

        assertThat(lock.acquire(LONG).abandoned()).isPresent();
        test.resume(parent);
        Ending.RETURN.bringTo(parent, told);
        assertThat(parent.join()).isInstanceOf(Ending.RETURN.outcome());
    }
}
