package procession.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import procession.ask.Question.What;
import procession.core.Command.AcquireLock;
import procession.core.Command.AwaitEvent;
import procession.core.Look;
import procession.core.Spec;
import procession.record.LatestLines;

/** Who asks at the socket, how, and what becomes of that. */
@Timeout(30)
class AskServerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** Of servers and clients that are to lose it. */
    private static final Duration SHORT = Duration.ofMillis(200);

    @TempDir
    Path folder;

    private final Asked run = new Asked(100);
    private final List<AutoCloseable> open = new ArrayList<>();
    private Path socket;

    @BeforeEach
    void place() {
        socket = folder.resolve("1.sock");
    }

    @AfterEach
    void close() throws Exception {
        for (var one : open) {
            one.close();
        }
    }

    private AskServer serve(Source source) throws IOException {
        return serve(source, PATIENCE);
    }

    private AskServer serve(Source source, Duration patience) throws IOException {
        var server = AskServer.open(socket, source, patience);
        open.add(server);
        return server;
    }

    private AskClient.Answer ask(Question question) throws AskException {
        return new AskClient(socket, PATIENCE).ask(question);
    }

    private SocketChannel connect() throws IOException {
        var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        open.add(channel);
        channel.connect(UnixDomainSocketAddress.of(socket));
        return channel;
    }

    private static String says(SocketChannel channel, String text) throws IOException {
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
    }

    private static AskException refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        var thrown = new AskException[1];
        assertThatThrownBy(call).isInstanceOfSatisfying(AskException.class, wrong -> thrown[0] = wrong);
        return thrown[0];
    }

    // Answers.

    @Test
    void processesAreToldWithWhatTheyWaitForAndHold() throws Exception {
        var lock = run.opens("till", new Spec.Lock(false));
        run.says(4, lock, new AcquireLock());
        run.pass(2_500_000_000L);
        run.says(7, lock, new AcquireLock());
        run.pass(500_000_000L);
        run.announces("late");
        serve(run);

        var processes = ask(Question.of(What.PS)).fields().list("processes");

        assertThat(processes).extracting(process -> process.text("name")).containsExactly("MainProcess", "late");
        var main = processes.getFirst();
        assertThat(main.number("pid")).isEqualTo(Asked.PID);
        assertThat(main.text("state")).isEqualTo("running");
        assertThat(main.flag("main")).isTrue();
        assertThat(main.decimal("age")).isPresent();
        assertThat(main.list("holds")).singleElement().satisfies(hold -> {
            assertThat(hold.text("name")).isEqualTo("till");
            assertThat(hold.number("thread")).isEqualTo(4);
            assertThat(hold.decimal("seconds")).hasValue(3.0);
        });
        assertThat(main.list("waits")).singleElement().satisfies(wait -> {
            assertThat(wait.text("wants")).isEqualTo("to acquire it");
            assertThat(wait.decimal("seconds")).hasValue(0.5);
        });
        assertThat(processes.getLast().text("state")).isEqualTo("starting");
    }

    @Test
    void primitivesAreToldWithWhoHoldsThemAndWhoWaits() throws Exception {
        var lock = run.opens("till", new Spec.Lock(false));
        run.opens("pool", new Spec.Semaphore(3, false));
        run.says(4, lock, new AcquireLock());
        run.says(5, lock, new AcquireLock());
        run.pass(1_500_000_000L);
        serve(run);

        var answer = ask(Question.of(What.LOCKS)).fields();

        assertThat(answer.number("total")).isEqualTo(2);
        assertThat(answer.list("primitives")).extracting(one -> one.text("id") + " " + one.text("spec")).containsExactly("0.1 a lock",
                "0.2 a semaphore of 3");
        var till = answer.list("primitives").getFirst();
        assertThat(till.decimal("longest")).hasValue(1.5);
        assertThat(till.number("waiting")).isEqualTo(1);
        assertThat(till.list("holders")).extracting(holder -> holder.number("pid")).containsExactly(Asked.PID);
        assertThat(answer.list("primitives").getLast().object("counts").number("value")).isEqualTo(3);
    }

    @Test
    void onlyPrimitivesOfTheKindThatWasAskedForAreTold() throws Exception {
        run.opens("till", new Spec.Lock(false));
        run.opens("pool", new Spec.Semaphore(3, true));
        serve(run);

        var answer = ask(Question.of(What.LOCKS).ofKind("semaphores")).fields();

        assertThat(answer.list("primitives")).extracting(one -> one.text("name")).containsExactly("pool");
        assertThat(answer.number("total")).isEqualTo(2);
    }

    @Test
    void ofTenThousandPrimitivesTwoHundredAreToldAndAllAreCounted() throws Exception {
        for (int i = 0; i < 10_000; i++) {
            run.opens("lock-" + i, new Spec.Lock(false));
        }
        serve(run);

        var usual = ask(Question.of(What.LOCKS)).fields();
        var all = ask(Question.of(What.LOCKS).withoutLimit()).fields();

        assertThat(usual.list("primitives")).hasSize(200);
        assertThat(usual.number("matching")).isEqualTo(10_000);
        assertThat(all.list("primitives")).hasSize(10_000);
    }

    @Test
    void aNameIsMeantBeforeANumberAndThatBeforeAKind() throws Exception {
        run.opens("lock", new Spec.Event());
        run.opens("0.1", new Spec.Event());
        run.opens("till", new Spec.Lock(false));
        serve(run);

        assertThat(inspected("lock")).containsExactly("0.1");
        assertThat(inspected("0.1")).containsExactly("0.2");
        assertThat(inspected("0.3")).containsExactly("0.3");
        assertThat(inspected("event")).containsExactly("0.1", "0.2");
        assertThat(inspected("door")).isEmpty();
    }

    private List<String> inspected(String name) throws AskException {
        return ask(Question.of(What.INSPECT).about(name)).fields().list("primitives").stream().map(one -> one.text("id")).toList();
    }

    @Test
    void aTraceIsARecordOfWhatIsRemembered() throws Exception {
        run.opens("till", new Spec.Lock(false));
        serve(run);
        var lines = new ByteArrayOutputStream();

        var answer = new AskClient(socket, PATIENCE).ask(Question.of(What.TRACE), lines);

        assertThat(answer.fields().number("lines")).isEqualTo(3);
        assertThat(lines.toString(StandardCharsets.UTF_8).lines()).satisfiesExactly(
                header -> assertThat(header).startsWith("{\"type\":\"record\",\"format\":1,\"run\":\"demo\""),
                started -> assertThat(started).contains("\"kind\":\"PROCESS_STARTED\""),
                made -> assertThat(made).contains("\"kind\":\"MADE\"", "\"name\":\"till\""));
    }

    @Test
    void aTraceThatHasForgottenSomeSaysHowMany() throws Exception {
        var forgetful = new Asked(1);
        forgetful.opens("till", new Spec.Lock(false));
        serve(forgetful);
        var lines = new ByteArrayOutputStream();

        new AskClient(socket, PATIENCE).ask(Question.of(What.TRACE), lines);

        assertThat(lines.toString(StandardCharsets.UTF_8).lines()).element(1).asString().contains("\"type\":\"dropped\"", "\"count\":1");
    }

    @Test
    void aRunThatRemembersNothingSaysSo() throws Exception {
        serve(new Asked(0));

        assertThat(refused(() -> ask(Question.of(What.TRACE))).code()).isEqualTo(AskException.NO_TRACE);
    }

    // Who asks badly.

    @Test
    void whatIsNoQuestionIsAnsweredWithWhyAndTheNextOneIsServed() throws Exception {
        serve(run);

        assertThat(says(connect(), "hello\n")).startsWith("{\"procession\":1,\"error\":\"bad-question\"").endsWith("\n");
        assertThat(ask(Question.of(What.PS)).fields().list("processes")).hasSize(1);
    }

    @Test
    void aQuestionThatIsTooLongIsRefused() throws Exception {
        serve(run);

        assertThat(says(connect(), "x".repeat(Question.LONGEST + 1))).contains("\"error\":\"bad-question\"", "longer than");
    }

    @Test
    void anotherVersionIsToldWhichOneIsSpokenHere() throws Exception {
        serve(run);

        assertThat(says(connect(), "{\"procession\":9,\"ask\":\"ps\"}\n")).contains("\"error\":\"version\"", "version 1", "version 9");
    }

    @Test
    void whoeverSaysNothingIsLeft() throws Exception {
        serve(run, SHORT);

        assertThat(says(connect(), "{\"procession\":1,")).isEmpty();
    }

    @Test
    void manyWhoSayNothingDoNotKeepOthersFromAsking() throws Exception {
        serve(run, SHORT);
        for (int i = 0; i < 40; i++) {
            connect();
        }

        assertThat(ask(Question.of(What.PS)).fields().list("processes")).hasSize(1);
    }

    @Test
    void whoeverReadsNothingIsLeftAndDoesNotKeepOthersFromAsking() throws Exception {
        for (int i = 0; i < 10_000; i++) {
            run.opens("lock-" + i, new Spec.Lock(false));
        }
        serve(run, SHORT);
        connect().write(ByteBuffer.wrap(Question.of(What.LOCKS).withoutLimit().line()));

        assertThat(ask(Question.of(What.PS)).fields().list("processes")).hasSize(1);
    }

    // What goes wrong behind it.

    private record Failing(CompletableFuture<Look> look) implements Source {
        @Override
        public RunFacts run() {
            return new RunFacts("demo", 1, "1.0", Instant.EPOCH);
        }

        @Override
        public Optional<LatestLines> trace() {
            throw new IllegalStateException("no trace today");
        }
    }

    @Test
    void aKeeperThatDoesNotAnswerIsToldOf() throws Exception {
        serve(new Failing(new CompletableFuture<>()), SHORT);

        assertThat(refused(() -> ask(Question.of(What.PS))).code()).isEqualTo(AskException.SILENT);
    }

    @Test
    void aLookThatFailsIsToldOf() throws Exception {
        serve(new Failing(CompletableFuture.failedFuture(new IllegalStateException("broken"))));

        assertThat(refused(() -> ask(Question.of(What.PS)))).hasMessageContaining("broken");
    }

    @Test
    void aFailureOfOneAnswerEndsOneConversationOnly() throws Exception {
        serve(new Failing(CompletableFuture.failedFuture(new IllegalStateException("broken"))));

        assertThat(refused(() -> ask(Question.of(What.TRACE))).code()).isEqualTo(AskException.FAILED);
        assertThat(refused(() -> ask(Question.of(What.PS))).code()).isEqualTo(AskException.FAILED);
    }

    // The socket.

    @Test
    void theSocketIsForItsOwnerOnlyAndGoneAtTheEnd() throws Exception {
        var server = serve(run);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket))).isEqualTo("rw-------");
        server.close();
        server.close();
        assertThat(socket).doesNotExist();
        assertThat(refused(() -> ask(Question.of(What.PS))).code()).isEqualTo(AskException.NOT_THERE);
    }

    @Test
    void whatAKilledProcessOfThatPidHasLeftIsReplaced() throws Exception {
        try (var left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            left.bind(UnixDomainSocketAddress.of(socket));
        }
        assertThat(refused(() -> ask(Question.of(What.PS)))).hasMessageStartingWith("Nobody listens");

        serve(run);

        assertThat(ask(Question.of(What.PS)).fields().list("processes")).hasSize(1);
    }

    @Test
    void aPathThatIsTooLongForASocketIsToldOf() throws Exception {
        socket = Files.createDirectory(folder.resolve("x".repeat(120))).resolve("1.sock");

        assertThatThrownBy(() -> serve(run)).isInstanceOf(IOException.class);
        assertThat(refused(() -> ask(Question.of(What.PS)))).hasMessageContaining("too long");
    }

    // Whom one asks.

    @Test
    void aRunThatStandsStillIsNotWaitedForForEver() throws Exception {
        try (var still = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            still.bind(UnixDomainSocketAddress.of(socket));

            assertThat(refused(() -> new AskClient(socket, SHORT).ask(Question.of(What.PS))).code()).isEqualTo(AskException.SILENT);
        }
    }

    @Test
    void anAnswerInAnotherVersionIsToldWithBothNumbers() throws Exception {
        assertThat(answered("{\"procession\":2,\"error\":\"version\",\"message\":\"x\"}\n"))
                .hasMessage("It answers version 2 of the questions, and this command asks in version 1.");
    }

    @Test
    void anAnswerThatIsCutOffIsNoAnswer() throws Exception {
        assertThat(answered("{\"procession\":1,\"answer\":\"ps\"").code()).isEqualTo(AskException.BROKEN);
        assertThat(answered("{\"procession\":1,\"answer\":\"trace\",\"lines\":2}\n{}\n")).hasMessageContaining("1 of 2 lines came");
    }

    private AskException answered(String text) throws IOException {
        Files.deleteIfExists(socket);
        try (var other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            other.bind(UnixDomainSocketAddress.of(socket));
            Thread.ofPlatform().daemon().start(() -> {
                try (var channel = other.accept()) {
                    channel.read(ByteBuffer.allocate(Question.LONGEST));
                    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
                } catch (IOException closed) {
                    // The test is over.
                }
            });
            return refused(() -> ask(Question.of(What.PS)));
        }
    }

    @Test
    void noAnswerHasMoreOfARunThanItsNameAndPid() throws Exception {
        run.says(3, run.opens("open", new Spec.Event()), new AwaitEvent());
        serve(run);

        assertThat(ask(Question.of(What.PS)).fields().object("run").all()).containsOnlyKeys("name", "pid", "version", "start");
    }
}
