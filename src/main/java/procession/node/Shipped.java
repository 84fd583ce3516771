package procession.node;

import com.typesafe.config.Config;
import java.util.List;
import java.util.Map;

/**
 * The configuration that a run of this JVM would have: for measuring what is below Procession, Akka and the JVM, under the very same
 * settings.
 */
public final class Shipped {

    private Shipped() {}

    /**
     * What Akka is told, on any free port.
     *
     * @param role main or child
     * @return the whole configuration of an actor system, with the {@code procession} section
     */
    public static Config akka(String role) {
        return Node.config(settings(), role, 0);
    }

    /**
     * A JVM with the options, class path and archive of a child.
     *
     * @param main the class whose main it runs
     * @param arguments what main is given
     * @return how to start it; it is not a process of a run
     */
    public static ProcessBuilder jvm(Class<?> main, String... arguments) {
        return new Launcher(settings()).jvm(List.of(), main, arguments);
    }

    /**
     * How many children of one process may be starting at the same time.
     *
     * @return how many
     */
    public static int startConcurrency() {
        return settings().startConcurrency();
    }

    private static Settings settings() {
        return Settings.ofMain(Map.of());
    }
}
