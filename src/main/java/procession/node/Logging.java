package procession.node;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps logback silent where nobody has configured it: its own default prints everything, with the names of threads, which contain the
 * run's secret.
 */
final class Logging {

    private static final List<String> CONFIGURATIONS = List.of("logback.xml", "logback-test.xml", "logback.scmo",
            "META-INF/services/ch.qos.logback.classic.spi.Configurator");
    private static final String WITHOUT_THREAD = "%d{HH:mm:ss.SSS} %-5level %logger{36} - %msg%n";

    private Logging() {}

    static void quiet() {
        if (isConfigured() || !(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return;
        }
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        root.setLevel(Level.WARN);
        root.addAppender(stderr(context));
    }

    private static boolean isConfigured() {
        var loader = Logging.class.getClassLoader();
        return System.getProperty("logback.configurationFile") != null
                || CONFIGURATIONS.stream().anyMatch(name -> loader.getResource(name) != null);
    }

    private static ConsoleAppender<ILoggingEvent> stderr(LoggerContext context) {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(WITHOUT_THREAD);
        encoder.start();
        var appender = new ConsoleAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }
}
