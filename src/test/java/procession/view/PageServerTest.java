package procession.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.BindException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server of the page, as whoever connects to it sees it. */
@Timeout(60)
class PageServerTest {

    private static final Header HEADER = new Header("run", "", "2026-11-28T05:00:00Z", 1);
    private static final int PLENTY = 1_000_000;

    private final KeptChanges changes = new KeptChanges(HEADER, PLENTY);
    private PageServer server;

    @BeforeEach
    void serve() throws IOException {
        server = new PageServer(0, changes, TimeUnit.MILLISECONDS.toNanos(1));
    }

    @AfterEach
    void end() {
        server.close();
    }

    private Socket asked(String method, String path, String host) throws IOException {
        var socket = new Socket("127.0.0.1", server.port());
        socket.getOutputStream().write((method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n").getBytes(UTF_8));
        return socket;
    }

    private String answer(String method, String path, String host) throws IOException {
        try (var socket = asked(method, path, host)) {
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    private String own() {
        return "127.0.0.1:" + server.port();
    }

    private static Change.Lane lane(long id) {
        return new Change.Lane(id, "client-" + id, 0, 0, false, id);
    }

    /** Lines of the stream up to the first that is so, without the framing of HTTP. */
    private static List<String> until(Socket socket, String last) throws IOException {
        var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        var lines = new ArrayList<String>();
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith("data: ") || line.isEmpty() && !lines.isEmpty() && !lines.getLast().isEmpty()) {
                lines.add(line);
            }
            if (line.contains(last)) {
                return lines;
            }
        }
        return lines;
    }

    @Test
    void thePageIsThereWithItsPolicyAndIsNotKeptByTheBrowser() throws Exception {
        assertThat(answer("GET", "/", own())).startsWith("HTTP/1.1 200").endsWith(new Page().live())
                .containsIgnoringCase("Content-Security-Policy: default-src 'none'").contains("frame-ancestors 'none'")
                .containsIgnoringCase("Cache-Control: no-store").containsIgnoringCase("X-Content-Type-Options: nosniff")
                .doesNotContainIgnoringCase("Access-Control-Allow");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH"})
    void nothingCanBeDone(String method) throws Exception {
        assertThat(answer(method, "/", own())).startsWith("HTTP/1.1 405").containsIgnoringCase("Allow: GET");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:80", "127.0.0.1", "localhost:1", "[::1]:80", ""})
    void whoCallsItByAnotherNameIsRefused(String host) throws Exception {
        assertThat(answer("GET", "/changes", host)).startsWith("HTTP/1.1 403").doesNotContain("header");
    }

    @Test
    void itIsCalledLocalhostToo() throws Exception {
        assertThat(answer("GET", "/", "localhost:" + server.port())).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/page.js", "/../etc/passwd", "/changes/", "/favicon.ico"})
    void thereIsNothingElse(String path) throws Exception {
        assertThat(answer("GET", path, own())).startsWith("HTTP/1.1 404");
    }

    @Test
    void whoComesLaterGetsWhatWasBeforeAndThenWhatIsNew() throws Exception {
        changes.add(List.of(lane(1)));
        try (var socket = asked("GET", "/changes", own())) {
            assertThat(until(socket, "client-1")).hasSize(2).first().asString().contains("\"c\":\"header\"");
            changes.add(List.of(lane(2)));

            assertThat(until(socket, "client-2")).last().asString().startsWith("data: {\"c\":\"lane\",\"id\":2,");
        }
    }

    @Test
    void theStreamEndsWithTheRun() throws Exception {
        changes.add(List.of(lane(1), new Change.Closed(true, 2)));

        assertThat(answer("GET", "/changes", own())).contains("text/event-stream", "\"c\":\"closed\"");
    }

    @Test
    void anEventIsOneLineOfDataForEachChangeAndThenAnEmptyOne() {
        assertThat(new String(PageServer.message(List.of("{}", "[1]")), UTF_8)).isEqualTo("data: {}\ndata: [1]\n\n");
    }

    @Test
    void whoTakesNothingIsDropped() throws Exception {
        var many = new ArrayList<Change>();
        for (long id = 1; id <= 200_000; id++) {
            many.add(lane(id));
        }
        changes.add(many);
        try (var deaf = asked("GET", "/changes", own())) {
            Awaitility.await().until(() -> server.browsers() == 1);

            Awaitility.await().untilAsserted(() -> {
                server.dropStuck();
                assertThat(server.browsers()).isZero();
            });
            assertThat(deaf.isConnected()).isTrue();
        }
    }

    @Test
    void whoIsGoneIsDropped() throws Exception {
        asked("GET", "/changes", own()).close();

        Awaitility.await().untilAsserted(() -> {
            changes.add(List.of(lane(1)));
            assertThat(server.browsers()).isZero();
        });
    }

    @Test
    void whoIsOneTooManyIsToldSo() throws Exception {
        var others = new ArrayList<Socket>();
        try {
            for (int at = 0; at < 32; at++) {
                others.add(asked("GET", "/changes", own()));
            }
            Awaitility.await().until(() -> server.browsers() == 32);

            assertThat(answer("GET", "/changes", own())).startsWith("HTTP/1.1 503").contains("32 pages look at this run already");
        } finally {
            for (var other : others) {
                other.close();
            }
        }
    }

    @Test
    void aPortThatIsTakenIsAnError() {
        assertThatThrownBy(() -> new PageServer(server.port(), changes, 1)).isInstanceOf(BindException.class);
    }
}
