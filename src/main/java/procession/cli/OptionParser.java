package procession.cli;

import procession.Options;

/** Where {@link Options#of} finds its implementation. */
public final class OptionParser implements Options.Parser {

    /** For the service loader. */
    public OptionParser() {}

    @Override
    public Options options(Class<?> scenario) {
        return new ScenarioOptions(scenario);
    }
}
