package procession.it;

import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import procession.Procession;
import procession.testkit.ProcessionExtension;
import procession.testkit.TestRun;

/** The tests of a class share a run. */
@Timeout(180)
abstract class OneRun {

    /** Longer than a JVM takes to start on a busy machine. */
    static final Duration LONG = Duration.ofSeconds(60);

    /** Long enough for a message to go and come, and for nothing else. */
    static final Duration SHORT = Duration.ofMillis(100);

    @RegisterExtension
    static final ProcessionExtension EXTENSION = ProcessionExtension.create().judged();

    static TestRun test;
    static Procession run;

    @BeforeAll
    static void runOf(TestRun ofThisClass) {
        test = ofThisClass;
        run = ofThisClass.run();
    }
}
