package procession.bench;

import com.typesafe.config.ConfigFactory;
import java.util.Map;

/** The setting of lent locks. */
final class Lending {

    static final String KEY = "procession.lock.lend";

    private Lending() {}

    /** The setting that has every acquire ask the keeper. */
    static Map<String, String> off() {
        return isThere() ? Map.of(KEY, "off") : Map.of();
    }

    /** Whether this version lends locks at all. */
    static boolean isThere() {
        return ConfigFactory.defaultReference().hasPath(KEY);
    }
}
