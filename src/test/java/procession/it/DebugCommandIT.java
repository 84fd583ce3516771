package procession.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code procession run --debug}. */
@Timeout(240)
class DebugCommandIT {

    @TempDir
    Path directory;

    @Test
    void theProcessWaitsForTheDebuggerAndTheScenarioEndsAsEver() throws Exception {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        var running = new FutureTask<>(() -> Typed.run(directory, "--debug", "client-2:" + port, "ticket-sales", "--clients", "3",
                "--tickets", "2", "--pace", "0.01"));
        Thread.ofPlatform().start(running);

        Debugger.attach(port).detach();

        var typed = running.get();
        assertThat(typed.code()).as(typed.toString()).isZero();
        assertThat(typed.lastLine()).startsWith("PASS ticket-sales: ");
        assertThat(typed.err()).matches("procession: client-2 \\(pid \\d+\\) waits for a debugger at 127\\.0\\.0\\.1:" + port
                + ": attach an IDE \\(remote JVM debug\\), or `jdb -attach 127\\.0\\.0\\.1:" + port + "`\\.\n");
    }

    @ParameterizedTest
    @CsvSource({
        "client-1:70000, its port is from 1024 to 65535",
        "MainProcess,    JDK_JAVA_OPTIONS=-agentlib:jdwp",
    })
    void whatCannotBeDebuggedIsOneSentence(String who, String why) throws Exception {
        Typed.run(directory, "--debug", who, "hello-process").refused(2, "procession.debug", why);
    }
}
