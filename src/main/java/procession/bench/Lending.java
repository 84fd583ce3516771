package procession.bench;

import java.util.Map;

/** The setting of lent locks. */
final class Lending {

    static final String KEY = "procession.lock.lend";

    /** The settings that have every acquire ask the keeper. */
    static final Map<String, String> OFF = Map.of(KEY, "off");

    private Lending() {}
}
