package procession.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import procession.Event;
import procession.Lock;
import procession.Procession;

/** Classes of tests that other tests run, and what they have seen. */
final class Fixtures {

    static final List<String> SEEN = new ArrayList<>();
    static final List<ProcessHandle> STARTED = new ArrayList<>();

    private Fixtures() {}

    static void waits(Event event) throws InterruptedException {
        event.await();
    }

    static void holds(Lock lock, Event mayRelease) throws InterruptedException {
        try (var grant = lock.acquire()) {
            System.out.println("I hold it");
            mayRelease.await();
        }
    }

    static void hasAChild(Event event) throws InterruptedException {
        Procession.current().process(Fixtures::waits, event).name("grandchild").start().join();
    }

    private static procession.Process started(procession.Process process) throws InterruptedException {
        process.start();
        STARTED.add(ProcessHandle.of(process.pid().getAsLong()).orElseThrow());
        return process;
    }

    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class Shared {
        @RegisterExtension
        static final ProcessionExtension EXTENSION = ProcessionExtension.create().name("shared");

        private static procession.Process lasting;
        private static procession.Process ofTheFirst;
        private static Procession first;

        @BeforeAll
        static void before(Procession run) throws InterruptedException {
            lasting = started(run.process(Fixtures::waits, run.event()).name("lasting"));
        }

        @Test
        void a(Procession run, TestRun test) throws InterruptedException {
            first = run;
            run.lock("named").acquire().release();
            ofTheFirst = started(run.process(Fixtures::waits, run.event()).name("of the first"));
            test.awaitWaiting("of the first");
            SEEN.add(run.name());
        }

        @Test
        void b(Procession run, TestRun test, History history) {
            assertThat(run).isSameAs(first).isSameAs(EXTENSION.run()).isSameAs(test.run());
            assertThat(ofTheFirst.exitCode()).hasValue(-9);
            assertThat(lasting.isAlive()).isTrue();
            assertThat(history.of("of the first")).isEmpty();
            SEEN.add(run.name());
        }

        @Nested
        class Inner {
            @Test
            void sharesItToo(Procession run) {
                assertThat(run).isSameAs(first);
                assertThat(lasting.isAlive()).isTrue();
                SEEN.add(run.name());
            }
        }
    }

    static class PerTest {
        private static Procession last;

        @RegisterExtension
        final ProcessionExtension extension = ProcessionExtension.create().setting("procession.lock.lend", false).judged();

        @BeforeEach
        void startAProcess(Procession run) throws InterruptedException {
            assertThat(run).isNotSameAs(last);
            last = run;
            started(run.process(Fixtures::waits, run.event()).name("child"));
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void hasARunOfItsOwn(int number, Procession run, History history) throws InterruptedException {
            assertThat(run.lock("named").tryAcquire()).isPresent();
            assertThat(history.of(run.lock("named")).getFirst().kind().toString()).isEqualTo("MADE");
            SEEN.add("test " + number);
        }
    }

    static class Failing {
        @RegisterExtension
        static final ProcessionExtension EXTENSION = ProcessionExtension.create();

        @Test
        void fails(Procession run, TestRun test) throws InterruptedException {
            System.out.println("about to fail");
            var lock = run.lock("tickets");
            var holder = started(run.process(Fixtures::holds, lock, run.event("never")).name("holder"));
            test.awaitWaiting("holder");
            var paused = started(run.process(Fixtures::waits, run.event("never")).name("paused"));
            test.awaitWaiting("paused");
            test.pause(paused);
            assertThat(holder.isAlive()).isTrue();
            fail("as it should");
        }

        @Test
        void isOnlyAssumed() {
            Assumptions.abort("not here");
        }

        @Test
        void succeeds(Procession run) throws InterruptedException {
            run.lock().acquire().release();
        }
    }

    static class FailingAtItsEnd {
        @RegisterExtension
        final ProcessionExtension extension = ProcessionExtension.create();

        @Test
        void succeedsBefore(Procession run, TestRun test) throws InterruptedException {
            started(run.process(Fixtures::waits, run.event()).name("child"));
            test.awaitWaiting("child");
        }

        @AfterEach
        void after() {
            fail("at its end");
        }
    }

    static class FailingBeforeAll {
        @RegisterExtension
        static final ProcessionExtension EXTENSION = ProcessionExtension.create();

        @BeforeAll
        static void before(Procession run, TestRun test) throws InterruptedException {
            started(run.process(Fixtures::waits, run.event()).name("server"));
            test.awaitWaiting("server");
            fail("before all");
        }

        @Test
        void neverRuns() {
            SEEN.add("ran");
        }
    }

    static class Hanging {
        @RegisterExtension
        final ProcessionExtension extension = ProcessionExtension.create();

        @Test
        @Timeout(value = 100, unit = TimeUnit.MILLISECONDS)
        void waitsForEver(Procession run, TestRun test) throws InterruptedException {
            var lock = run.lock("tickets");
            started(run.process(Fixtures::holds, lock, run.event()).name("holder"));
            while (!Thread.currentThread().isInterrupted()) {
                LockSupport.park();
            }
            lock.acquire();
        }
    }

    static class Families {
        @RegisterExtension
        final ProcessionExtension extension = ProcessionExtension.create();

        @Test
        void leavesEverythingRunning(Procession run, TestRun test) throws InterruptedException {
            var middle = started(run.process(Fixtures::hasAChild, run.event()).name("middle"));
            test.awaitWaiting("grandchild");
            STARTED.addAll(ProcessHandle.of(middle.pid().getAsLong()).orElseThrow().children().toList());
            STARTED.add(test.program(Sleeper.class).handle());
            test.pause(middle);
            SEEN.add(STARTED.size() + " processes");
        }
    }

    /** A program that has nothing to do with any run. */
    static final class Sleeper {
        private Sleeper() {}

        public static void main(String[] arguments) {
            while (true) {
                LockSupport.park();
            }
        }
    }

    static class TwoExtensions {
        @RegisterExtension
        static final ProcessionExtension ONE = ProcessionExtension.create();

        @RegisterExtension
        final ProcessionExtension other = ProcessionExtension.create();

        @Test
        void neverRuns() {
            SEEN.add("ran");
        }
    }

    /** The first stays until the second has been refused. */
    @Execution(ExecutionMode.CONCURRENT)
    @ExtendWith(Refusals.class)
    static class AtOnce {
        @RegisterExtension
        static final ProcessionExtension EXTENSION = ProcessionExtension.create();

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void sharesARun(int number, Procession run) throws InterruptedException {
            Refusals.REFUSED.await();
            run.lock().acquire().release();
            SEEN.add("went on");
        }
    }

    static final class Refusals implements TestWatcher {
        private static final CountDownLatch REFUSED = new CountDownLatch(1);

        @Override
        public void testFailed(ExtensionContext context, Throwable cause) {
            REFUSED.countDown();
        }
    }

    static class WrongSetting {
        @RegisterExtension
        static final ProcessionExtension EXTENSION = ProcessionExtension.create().setting("procession.prot", 1);

        @Test
        void neverRuns() {
            SEEN.add("ran");
        }
    }

    static class Travels {
        /** A type of this package: it may travel, as if this class had started the run. */
        private record Parcel(int weight) {}

        @RegisterExtension
        static final ProcessionExtension EXTENSION = ProcessionExtension.create().withoutRecord();

        @Test
        void typesOfTheTestTravel(Procession run) throws InterruptedException {
            procession.Queue<Parcel> queue = run.queue();
            queue.put(new Parcel(3));
            SEEN.add(queue.get().toString());
        }
    }
}
