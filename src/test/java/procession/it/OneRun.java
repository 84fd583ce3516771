package procession.it;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import procession.Procession;
import procession.testkit.TestRun;

/** The tests of a class share a run; each ends its own children. */
@Timeout(180)
abstract class OneRun {

    /** Longer than a JVM takes to start on a busy machine. */
    static final Duration LONG = Duration.ofSeconds(60);

    /** Long enough for a message to go and come, and for nothing else. */
    static final Duration SHORT = Duration.ofMillis(100);

    static TestRun test;
    static Procession run;

    @BeforeAll
    static void startRun() {
        test = TestRun.start();
        run = test.run();
    }

    @AfterEach
    void endChildren() throws InterruptedException {
        test.endChildren();
    }

    @AfterAll
    @Timeout(120)
    static void endRun() {
        test.close();
    }
}
