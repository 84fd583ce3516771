package procession.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import procession.Body;
import procession.Body0;
import procession.Connection;
import procession.EncodingException;
import procession.Event;
import procession.Outcome;
import procession.Process;
import procession.Procession;
import procession.Queue;
import procession.Row;

/** What a process is, from its making to its end: real JVMs. */
class ProcessesIT extends OneRun {

    // Before the start.

    @Test
    @Row({"PROC-03", "PROC-52"})
    void aProcessNotYetStartedHasNoPidAndIsNotListed() {
        var child = run.process(ProcessesIT::nothing);

        assertThat(child.pid()).isEmpty();
        assertThat(child.isAlive()).isFalse();
        assertThat(child.exitCode()).isEmpty();
        assertThat(child.outcome()).isEmpty();
        assertThat(run.activeChildren()).isEmpty();
        assertThat(child).hasToString("Process[" + child.name() + ", initial]");
    }

    @Test
    @Row({"PROC-25", "PROC-26", "G31"})
    void aProcessNotYetStartedCannotBeJoinedOrSignalled() {
        var child = run.process(ProcessesIT::nothing).name("idle");

        assertThatThrownBy(child::join).isInstanceOf(IllegalStateException.class)
                .hasMessage("Process idle has not been started; it cannot be joined.");
        assertThatThrownBy(() -> child.join(Duration.ZERO)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(child::onExit).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(child::terminate).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(child::kill).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Row({"PROC-41", "PROC-42"})
    void unnamedProcessesAreNumberedAndAnEmptyNameIsTheAutomaticOne() {
        var first = run.process(ProcessesIT::nothing);
        int number = Integer.parseInt(first.name().substring("Process-".length()));

        assertThat(run.process(ProcessesIT::nothing).name()).isEqualTo("Process-" + (number + 1));
        assertThat(first.name("given").name("").name()).isEqualTo("Process-" + number);
        assertThat(run.process().name("twin").name()).isEqualTo(run.process().name("twin").name());
        assertThatThrownBy(() -> first.name("two\nlines")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Row("PROC-33")
    void aProcessIsNoDaemonUnlessToldSo() {
        assertThat(run.process(ProcessesIT::nothing).isDaemon()).isFalse();
        assertThat(run.process(ProcessesIT::nothing).daemon(true).isDaemon()).isTrue();
        assertThat(run.process(ProcessesIT::nothing).daemon(true).daemon(false).isDaemon()).isFalse();
    }

    // Bodies that no child could run.

    @Test
    void whatIsNoReferenceToAStaticMethodIsRefusedWithFileAndLine() {
        String captured = "captured";
        Map<String, Supplier<Process>> refused = Map.of(
                "a lambda", () -> run.process(() -> System.out.println()),
                "a capturing lambda", () -> run.process(() -> System.out.println(captured)),
                "a method of an object", () -> run.process(this::ofAnObject),
                "a method of its argument", () -> run.process(String::length, "text"),
                "a constructor", () -> run.process(StringBuilder::new, "text"),
                "a method of any number of arguments", () -> run.process(ProcessesIT::ofMany, "a", "b"));

        refused.forEach((what, made) -> assertThatThrownBy(made::get).as(what)
                .isInstanceOf(IllegalArgumentException.class)
                .message().matches("The body at ProcessesIT\\.java:\\d+ is .*\\.").doesNotContain("\n"));
    }

    private void ofAnObject() {}

    private static void ofMany(String... texts) {}

    @Test
    void anObjectThatHoldsWhatIsAroundItIsRefusedWithFileAndLine() {
        var anonymous = new Body() {
            @Override
            public void run() {}
        };

        assertThatThrownBy(() -> run.process(anonymous)).isInstanceOf(IllegalArgumentException.class)
                .message().matches("The body at ProcessesIT\\.java:\\d+ is of .*\\.");
    }

    @Test
    void anArgumentThatCannotTravelIsRefusedAtTheStartWithFileAndLine() {
        var child = run.process(ProcessesIT::takesAnything, new Thread()).name("unlucky");

        assertThatThrownBy(child::start).isInstanceOf(EncodingException.class)
                .message().matches("Process unlucky, made at ProcessesIT\\.java:\\d+, cannot be started: .*java\\.lang\\.Thread.*\\.")
                .doesNotContain("\n");
        assertThat(run.activeChildren()).isEmpty();
    }

    @Test
    @Row({"PROC-30", "PROC-53"})
    void aProcessCannotTravel() {
        var other = run.process(ProcessesIT::nothing);
        var child = run.process(ProcessesIT::takesAnything, other);

        assertThatThrownBy(child::start).isInstanceOf(EncodingException.class)
                .hasMessageContaining("only its creator may start, join or signal a process");
    }

    private static void takesAnything(Object argument) {}

    // While it runs.

    @Test
    @Row({"PROC-05", "PROC-43", "PROC-46", "PROC-52"})
    void aRunningProcessIsAliveAndListedAndAFinishedOneIsNeither() throws Exception {
        var mayEnd = run.event();
        var child = run.process(ProcessesIT::waits, mayEnd).name("runner").start();

        assertThat(child.isAlive()).isTrue();
        assertThat(child).hasToString("Process[runner, pid " + child.pid().orElseThrow() + ", started]");
        assertThat(child.exitCode()).isEmpty();
        assertThat(child.pid().orElseThrow()).isNotEqualTo(ProcessHandle.current().pid());
        assertThat(run.activeChildren()).containsExactly(child);

        mayEnd.set();
        test.await(LONG, "the child is no longer listed, though nobody joined it", () -> run.activeChildren().isEmpty());

        assertThat(child.isAlive()).isFalse();
        assertThat(child.exitCode()).hasValue(0);
    }

    private static void waits(Event event) throws InterruptedException {
        event.await();
    }

    @Test
    @Row({"PROC-32", "PROC-34", "PROC-42"})
    void oneObjectIsOneRunAndWhatItStartedWithIsFixed() throws Exception {
        var child = run.process(ProcessesIT::nothing).name("once").start();

        assertThatThrownBy(child::start).isInstanceOf(IllegalStateException.class)
                .hasMessage("Process once has been started already; one object is one run.");
        assertThatThrownBy(() -> child.daemon(true)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> child.name("other")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> child.jvmOptions("-Xmx1m")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> child.authKey(new byte[1])).isInstanceOf(IllegalStateException.class);
        child.join();
        assertThatThrownBy(child::start).isInstanceOf(IllegalStateException.class);
        assertThat(child.name()).isEqualTo("once");
    }

    @Test
    @Row({"PROC-28", "PROC-29", "K4", "G30"})
    void aJoinThatTimesOutSaysNothingAndOneAfterTheEndReturnsAtOnce() throws Exception {
        var mayEnd = run.event();
        var child = run.process(ProcessesIT::waits, mayEnd).start();

        assertThat(child.join(SHORT)).isEmpty();
        assertThat(child.join(Duration.ZERO)).isEmpty();
        assertThat(child.join(Duration.ofSeconds(-1))).isEmpty();
        mayEnd.set();
        assertThat(child.join()).isInstanceOf(Outcome.Returned.class);
        assertThat(child.join()).isEqualTo(child.join(Duration.ZERO).orElseThrow());
        assertThat(child.join(Duration.ofSeconds(Long.MAX_VALUE))).isPresent();
    }

    @Test
    @Row("PROC-51")
    void severalWaitForTheSameEnd() throws Exception {
        var mayEnd = run.event();
        var child = run.process(ProcessesIT::waits, mayEnd).start();
        var exit = child.onExit();
        var other = CompletableFuture.supplyAsync(() -> joined(child));
        exit.thenAccept(outcome -> { }).complete(null);

        mayEnd.set();

        assertThat(exit.get(60, TimeUnit.SECONDS).exitCode()).isZero();
        assertThat(other.get(60, TimeUnit.SECONDS).exitCode()).isZero();
    }

    private static Outcome joined(Process child) {
        try {
            return child.join();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void startAsyncGivesTheProcessOnceItExists() throws Exception {
        var child = run.process(ProcessesIT::sum, 20, 22);
        var started = child.startAsync();

        assertThatThrownBy(child::start).isInstanceOf(IllegalStateException.class);
        assertThat(started.get(60, TimeUnit.SECONDS)).isSameAs(child);
        assertThat(child.pid()).isPresent();
        assertThat(child.join().value()).isEqualTo(42);
    }

    private static int sum(int a, int b) {
        return a + b;
    }

    // What goes in and comes out.

    @Test
    @Row({"PROC-07", "PROC-13", "G19"})
    void sixArgumentsArriveInTheirOrderAndTheValueComesBack() throws Exception {
        var outcome = run.process(ProcessesIT::six, 1, 2L, "three", 4.0, List.of(5), '6').start().join();

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.value()).isEqualTo(List.of(1, 2L, "three", 4.0, List.of(5), '6'));
    }

    private static List<Object> six(Integer a, Long b, String c, Double d, List<Integer> e, Character f) {
        return List.of(a, b, c, d, e, f);
    }

    @Test
    @Row("PROC-09")
    void withoutABodyItDoesNothingAndEndsWithZero() throws Exception {
        var outcome = run.process().start().join();

        assertThat(outcome).isInstanceOf(Outcome.Returned.class);
        assertThat(outcome.value()).isNull();
    }

    /** Doubles numbers until null comes. */
    private record Doubler(String greeting, Connection end) implements Body {
        @Override
        public void run() throws InterruptedException {
            end.send(greeting);
            for (Object number = end.receive(); number != null; number = end.receive()) {
                end.send(2 * (int) number);
            }
        }
    }

    @Test
    @Row("PROC-11")
    void aRecordIsABodyWithItsFieldsIntact() throws Exception {
        try (var pipe = run.pipe()) {
            var child = run.process(new Doubler("ready", pipe.second())).start();

            assertThat(pipe.first().receive()).isEqualTo("ready");
            for (int i = 1; i <= 5; i++) {
                pipe.first().send(i);
                assertThat(pipe.first().receive()).isEqualTo(2 * i);
            }
            pipe.first().send(null);
            assertThat(child.join().exitCode()).isZero();
        }
    }

    /** As a subclass of Python's Process: fields, one of them of its own. */
    private static final class Counter implements Body {
        private final Queue<Integer> counts;
        private final int from;
        private int count;

        Counter(Queue<Integer> counts, int from) {
            this.counts = counts;
            this.from = from;
        }

        @Override
        public void run() throws InterruptedException {
            for (count = from; count < from + 3; count++) {
                counts.put(count);
            }
        }
    }

    @Test
    @Row({"PROC-11", "PROC-12"})
    void anObjectOfAClassIsABodyAndTheParentsCopyStaysAsItWas() throws Exception {
        Queue<Integer> counts = run.queue();
        var body = new Counter(counts, 7);

        assertThat(run.process(body).start().join().exitCode()).isZero();

        assertThat(List.of(counts.getNow(), counts.getNow(), counts.getNow())).containsExactly(7, 8, 9);
        assertThat(body.count).isZero();
    }

    @Test
    @Row("PROC-12")
    void whatTheChildChangesStaysTheParentsOwn() throws Exception {
        var list = new ArrayList<>(List.of("before"));

        var changed = run.process(ProcessesIT::change, list).start().join().value();

        assertThat(changed).isEqualTo(List.of("before", "after"));
        assertThat(list).containsExactly("before");
    }

    private static List<String> change(List<String> list) {
        list.add("after");
        return list;
    }

    @Test
    void aValueThatCannotTravelSpoilsTheValueAndNotTheOutcome() throws Exception {
        var outcome = run.process(ProcessesIT::thread).start().join();

        assertThat(outcome.exitCode()).isZero();
        assertThatThrownBy(outcome::value).isInstanceOf(EncodingException.class).hasMessageContaining("java.lang.Thread");
    }

    private static Thread thread() {
        return Thread.currentThread();
    }

    @Test
    void aHandleIsAValueToo() throws Exception {
        @SuppressWarnings("unchecked")
        var queue = (Queue<String>) run.process(ProcessesIT::filledQueue).start().join().value();

        assertThat(queue.getNow()).isEqualTo("from a child that is gone");
    }

    private static Queue<String> filledQueue() throws InterruptedException {
        Queue<String> queue = Procession.current().queue();
        queue.put("from a child that is gone");
        return queue;
    }

    // How it ends.

    @Test
    @Row("G19")
    void anExceptionOfTheBodyIsDataWithTheFramesOfTheBody() throws Exception {
        try (var captured = new Captured()) {
            var child = run.process(ProcessesIT::fails, "too hot").name("failing").start();
            var outcome = child.join();

            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(child.exitCode()).hasValue(1);
            var error = ((Outcome.Failed) outcome).error();
            assertThat(error.summary()).isEqualTo("java.lang.IllegalStateException: too hot");
            assertThat(error.frames().getFirst()).contains("ProcessesIT.fails(ProcessesIT.java:");
            assertThat(error.cause().orElseThrow().type()).isEqualTo(IOException.class.getName());
            assertThatThrownBy(outcome::value).isInstanceOf(IllegalStateException.class).hasMessageContaining("too hot");
            assertThat(captured.errLines()).allMatch(line -> line.startsWith("[failing " + child.pid().getAsLong() + "] "));
            assertThat(captured.err()).contains("Process failing failed: java.lang.IllegalStateException: too hot",
                    "Caused by: java.io.IOException: no coolant").doesNotContain("procession.node", "jdk.internal");
        }
    }

    private static void fails(String why) {
        throw new IllegalStateException(why, new IOException("no coolant"));
    }

    @Test
    void anErrorOfTheBodyIsAFailureToo() throws Exception {
        try (var captured = new Captured()) {
            assertThat(((Outcome.Failed) run.process(ProcessesIT::overflows).start().join()).error().type())
                    .isEqualTo(StackOverflowError.class.getName());
        }
    }

    private static int overflows() {
        return overflows() + 1;
    }

    @Test
    @Row({"PROC-15", "G19"})
    void theStatusGivenToExitIsExact() throws Exception {
        for (int status : new int[] {0, 7, 143, 255}) {
            var child = run.process(ProcessesIT::exits, status).start();

            assertThat(child.join()).isEqualTo(new Outcome.Exited(status));
            assertThat(child.exitCode()).hasValue(status);
        }
    }

    private static void exits(int status) {
        try {
            Procession.exit(status);
        } finally {
            System.out.println("this is never printed");
        }
    }

    @Test
    @Row({"PROC-18", "G19"})
    void aStatusThatTheSystemWouldCutIsRefused() {
        assertThatThrownBy(() -> Procession.exit(256)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Procession.exit(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Row({"PROC-19", "G12"})
    void systemExitIsAnOutcomeAndWhatWasPutIsThere() throws Exception {
        Queue<String> queue = run.queue();
        var child = run.process(ProcessesIT::putsAndExits, queue).start();

        assertThat(child.join()).isEqualTo(new Outcome.Exited(7));
        assertThat(queue.getNow()).isEqualTo("put before the exit");
    }

    private static void putsAndExits(Queue<String> queue) throws InterruptedException {
        queue.put("put before the exit");
        System.exit(7);
    }

    @Test
    @Row({"PROC-20", "PROC-24", "PROC-46"})
    void signalsAreNegativeExitCodesAndTheDeadFeelNoMore() throws Exception {
        var never = run.event();
        var killed = run.process(ProcessesIT::waits, never).name("killed").start();
        var terminated = run.process(ProcessesIT::waits, never).name("terminated").start();
        var hungUp = run.process(ProcessesIT::waits, never).name("hung-up").start();
        test.awaitWaiting("killed");
        test.awaitWaiting("terminated");
        test.awaitWaiting("hung-up");

        assertThat(test.kill(killed)).isEqualTo(new Outcome.Killed(9));
        assertThat(test.terminate(terminated)).isEqualTo(new Outcome.Killed(15));
        test.signal(hungUp, "HUP");
        assertThat(hungUp.join().exitCode()).isEqualTo(-1);
        killed.terminate();
        terminated.kill();
        assertThat(killed.exitCode()).hasValue(-9);
        assertThat(terminated.exitCode()).hasValue(-15);
    }

    @Test
    void aPausedProcessCanBeKilledAndAResumedOneGoesOn() throws Exception {
        var event = run.event();
        var resumed = run.process(ProcessesIT::waits, event).name("resumed").start();
        var killed = run.process(ProcessesIT::waits, event).name("paused").start();
        test.awaitWaiting("resumed");
        test.awaitWaiting("paused");
        test.pause(resumed);
        test.pause(killed);

        event.set();
        assertThat(resumed.join(SHORT)).isEmpty();
        assertThat(test.kill(killed)).isEqualTo(new Outcome.Killed(9));
        test.resume(resumed);
        assertThat(resumed.join().exitCode()).isZero();
    }

    @Test
    @Row("PROC-49")
    void killAndTerminateWorkRightAfterTheStart() throws Exception {
        var never = run.event();
        var killed = run.process(ProcessesIT::waits, never).start();
        killed.kill();
        var terminated = run.process(ProcessesIT::waits, never).start();
        terminated.terminate();

        assertThat(killed.join().exitCode()).isEqualTo(-9);
        assertThat(terminated.join().exitCode()).isEqualTo(-15);
    }

    @Test
    void aThreadThatIsNoDaemonKeepsTheProcessAfterItsBodysReturn() throws Exception {
        var mayEnd = run.event();
        Queue<String> queue = run.queue();
        var child = run.process(ProcessesIT::leavesAThread, mayEnd, queue).name("threaded").start();
        test.awaitWaiting("threaded");

        assertThat(child.join(SHORT)).isEmpty();
        mayEnd.set();

        assertThat(child.join().value()).isEqualTo("returned early");
        assertThat(queue.getNow()).isEqualTo("by the thread that was left");
    }

    private static String leavesAThread(Event mayEnd, Queue<String> queue) {
        Thread.ofPlatform().daemon(false).start(() -> {
            try {
                mayEnd.await();
                queue.put("by the thread that was left");
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        });
        return "returned early";
    }

    @Test
    @Row("G10")
    void aProcessEndsAlthoughNobodyReadsWhatItPut() throws Exception {
        Queue<byte[]> unread = run.queue();

        assertThat(run.process(ProcessesIT::putsMuch, unread).start().join(LONG).orElseThrow().exitCode()).isZero();
        assertThat(unread.size()).isEqualTo(4);
    }

    private static void putsMuch(Queue<byte[]> queue) throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            queue.put(new byte[1 << 20]);
        }
    }

    // Itself and its family.

    @Test
    @Row("PROC-31")
    void mainIsAProcessWithoutAParent() {
        var self = Procession.currentProcess();

        assertThat(self.name()).isEqualTo("MainProcess");
        assertThat(self.pid()).hasValue(ProcessHandle.current().pid());
        assertThat(self.isAlive()).isTrue();
        assertThat(self.isDaemon()).isFalse();
        assertThat(Procession.parentProcess()).isEmpty();
        assertThat(Procession.current()).isSameAs(run);
        assertThatThrownBy(self::join).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(self::start).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(self::kill).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Row({"PROC-31", "PROC-40"})
    void aChildKnowsItselfAndItsParent() throws Exception {
        assertThat(run.process(ProcessesIT::introducesItself).name("child").start().join().value()).isEqualTo(List.of(
                "child, daemon false, alive true, children 0",
                "MainProcess, pid " + ProcessHandle.current().pid() + ", alive true",
                "it has not ended", "join itself: refused", "start itself: refused", "kill the parent: refused", "run " + run.name()));
    }

    private static List<String> introducesItself() throws InterruptedException {
        var self = Procession.currentProcess();
        var parent = Procession.parentProcess().orElseThrow();
        return List.of(
                self.name() + ", daemon " + self.isDaemon() + ", alive "
                        + (self.isAlive() && self.pid().getAsLong() == ProcessHandle.current().pid())
                        + ", children " + Procession.current().activeChildren().size(),
                parent.name() + ", pid " + parent.pid().getAsLong() + ", alive " + parent.isAlive(),
                parent.join(SHORT).map(Outcome::toString).orElse("it has not ended"),
                "join itself: " + refused(self::join),
                "start itself: " + refused(self::start),
                "kill the parent: " + refused(parent::kill),
                "run " + Procession.current().name());
    }

    private static String refused(Body0 misuse) {
        try {
            misuse.run();
            return "done";
        } catch (IllegalStateException refused) {
            return "refused";
        } catch (Exception other) {
            return other.toString();
        }
    }

    @Test
    @Row({"PROC-33", "PROC-35", "G31"})
    void aDaemonMayHaveNoChildren() throws Exception {
        var said = run.process(ProcessesIT::triesToHaveAChild).name("daemon").daemon(true).start().join().value();

        assertThat(said).isEqualTo("inherited true: Process daemon:1 cannot be started: this process is a daemon, and daemons have no"
                + " children.");
    }

    private static String triesToHaveAChild() throws InterruptedException {
        var child = Procession.current().process(ProcessesIT::nothing);
        try {
            child.start();
            return "started";
        } catch (IllegalStateException refused) {
            return "inherited " + child.isDaemon() + ": " + refused.getMessage();
        }
    }

    @Test
    @Row("PROC-41")
    void childrenHaveChildrenAndInheritTheKey() throws Exception {
        try (var captured = new Captured()) {
            var child = run.process(ProcessesIT::hasAChild).name("middle").authKey(new byte[] {1, 2, 3}).start();

            assertThat(child.join().value()).isEqualTo(List.of("middle:1", "middle", List.of((byte) 1, (byte) 2, (byte) 3)));
            assertThat(captured.outLines()).anyMatch(line -> line.matches("\\[middle:1 \\d+] I am a grandchild"));
            assertThat(captured.errLines()).anyMatch(line -> line.matches("\\[middle:1 \\d+] and complain"));
        }
    }

    private static Object hasAChild() throws InterruptedException {
        return Procession.current().process(ProcessesIT::isAGrandchild).start().join().value();
    }

    private static List<Object> isAGrandchild() {
        System.out.println("I am a grandchild");
        System.err.println("and complain");
        var self = Procession.currentProcess();
        var key = new ArrayList<Byte>();
        for (byte b : self.authKey()) {
            key.add(b);
        }
        return List.of(self.name(), Procession.parentProcess().orElseThrow().name(), key);
    }

    @Test
    @Row({"PROC-50", "QUEUE-35"})
    void aTreeOfProcessesThatJoinInTurnIsDepthFirst() throws Exception {
        Queue<String> visits = run.queue();

        run.process(ProcessesIT::visit, visits, "root", 2).start().join();

        var order = new ArrayList<String>();
        while (!visits.isEmpty()) {
            order.add(visits.getNow());
        }
        assertThat(order).containsExactly("root", "root.1", "root.1.1", "root.2", "root.2.1");
    }

    private static void visit(Queue<String> visits, String name, int children) throws InterruptedException {
        visits.put(name);
        for (int i = 1; i <= children; i++) {
            Procession.current().process(ProcessesIT::visit, visits, name + "." + i, children - 1).start().join();
        }
    }

    // What it inherits.

    @Test
    @Row("PROC-58")
    void propertiesEnvironmentAndDirectoryAreInherited() throws Exception {
        System.setProperty("it.color", "red\nand green");
        try {
            assertThat(run.process(ProcessesIT::inherited).jvmOptions("-Dit.shape=round").start().join().value())
                    .isEqualTo(List.of("red\nand green", "round", System.getenv("PATH"), Path.of("").toAbsolutePath().toString(),
                            "-Xmx256m"));
        } finally {
            System.clearProperty("it.color");
        }
    }

    private static List<Object> inherited() {
        return List.of(System.getProperty("it.color"), System.getProperty("it.shape"),
                System.getenv("PATH"), Path.of("").toAbsolutePath().toString(),
                String.join(" ", ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                        .filter(option -> option.startsWith("-Xmx")).toList()));
    }

    @Test
    @Row("PROC-55")
    void aBodyReadsNothingFromItsInput() throws Exception {
        assertThat(run.process(ProcessesIT::reads).start().join().value()).isEqualTo(-1);
    }

    private static int reads() throws IOException {
        return System.in.read();
    }

    // What it prints.

    @Test
    void linesOfChildrenComeWholeAndWithTheirPrefixToTheStreamTheyWereWrittenTo() throws Exception {
        try (var captured = new Captured()) {
            var children = List.of(run.process(ProcessesIT::prints, 300).name("one").start(),
                    run.process(ProcessesIT::prints, 300).name("two").start());
            for (var child : children) {
                child.join();
            }

            for (var child : children) {
                var prefix = "[" + child.name() + " " + child.pid().getAsLong() + "] ";
                var numbered = IntStream.range(0, 300).mapToObj(i -> prefix + "line ünï " + i).toList();
                assertThat(captured.outLines().stream().filter(line -> line.startsWith(prefix))).containsExactlyElementsOf(numbered);
                assertThat(captured.errLines()).contains(prefix + "an error", prefix);
            }
            assertThat(captured.outLines()).hasSize(600);
            assertThat(captured.errLines()).hasSize(4);
        }
    }

    private static void prints(int lines) {
        for (int i = 0; i < lines; i++) {
            System.out.println("line ünï " + i);
        }
        System.err.println("an error");
        System.err.println();
    }

    @Test
    void theLastLineIsOutWhenTheJoinReturnsAlsoWithoutItsEnd() throws Exception {
        try (var captured = new Captured()) {
            var child = run.process(ProcessesIT::printsHalfALine).name("half").start();
            child.join();

            assertThat(captured.out()).isEqualTo("[half " + child.pid().getAsLong() + "] no end of line\n");
        }
    }

    private static void printsHalfALine() {
        System.out.print("no end of line");
    }

    @Test
    void whatAKilledProcessPrintedBeforeIsOut() throws Exception {
        try (var captured = new Captured()) {
            var child = run.process(ProcessesIT::printsAndWaits, run.event()).name("doomed").start();
            test.awaitWaiting("doomed");
            test.kill(child);

            assertThat(captured.outLines()).containsExactly("[doomed " + child.pid().getAsLong() + "] last words");
        }
    }

    private static void printsAndWaits(Event event) throws InterruptedException {
        System.out.println("last words");
        event.await();
    }

    @Test
    @Row("PROC-54")
    void aProcessWithoutStreamsEndsLikeAnyOther() throws Exception {
        try (var captured = new Captured()) {
            System.out.close();
            System.err.close();

            var child = run.process(ProcessesIT::closesItsStreams).start();

            assertThat(child.join().value()).isEqualTo("closed");
            assertThat(child.exitCode()).hasValue(0);
            assertThat(captured.out()).isEmpty();
        }
    }

    private static String closesItsStreams() {
        System.out.println("main has no stream for this");
        System.out.close();
        System.err.close();
        System.out.println("and this goes nowhere");
        return "closed";
    }

    @Test
    @Row({"PROC-56", "G25"})
    void shutdownHooksOfAChildRunAtItsEnd() throws Exception {
        try (var captured = new Captured()) {
            run.process(ProcessesIT::hasAHook).name("hooked").start().join();

            assertThat(captured.outLines()).anyMatch(line -> line.matches("\\[hooked \\d+] the hook has run"));
        }
    }

    private static void hasAHook() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("the hook has run")));
    }

    private static void nothing() {}

    @Test
    @Row("PROC-52")
    void anOutcomeIsToldInWordsToo() throws Exception {
        var child = run.process(ProcessesIT::exits, 3).name("told").start();
        child.join();

        assertThat(child).hasToString("Process[told, pid " + child.pid().getAsLong() + ", ended, exited with status 3]");
        assertThat(Optional.of(child.join())).hasValueSatisfying(outcome -> assertThat(outcome).hasToString("exited with status 3"));
    }
}
