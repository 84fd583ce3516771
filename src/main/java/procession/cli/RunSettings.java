package procession.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;
import procession.UsageException;
import procession.node.Launch;
import procession.view.Trace;

/**
 * The options about the run to come. The command takes them before the scenario, and every scenario that has {@link
 * procession.Options} takes them too, so that nobody needs to remember where they belong.
 */
final class RunSettings {

    private static final List<String> COLORS = List.of("auto", "always", "never");

    @Option(names = "--name", paramLabel = "NAME", description = "the run's name; with --join, the name of this process in it")
    private String name;

    @Option(names = "--join", paramLabel = "RUN", description = "take part in a run that is going on, instead of starting one")
    private String join;

    @Option(names = "--output-dir", paramLabel = "FOLDER", description = "also write what each process prints to a file there")
    private String outputDir;

    @Option(names = "--config", paramLabel = "FILE", description = "settings, in HOCON")
    private Path config;

    @Option(names = "-D", paramLabel = "KEY=VALUE", description = "a setting, which wins over files, or else a system property")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--color", paramLabel = "WHEN", description = "auto (on a terminal), always or never")
    private String color;

    @Option(names = "--record", paramLabel = "FILE", description = "write down what happens, for `procession check FILE`")
    private Path record;

    @Option(names = "--trace", paramLabel = "FILE", description = "when it has ended, write a trace, for https://ui.perfetto.dev")
    private Path trace;

    @Option(names = "--verbose", description = "show the stack trace of procession's own errors")
    private boolean verbose;

    /**
     * Hands them to the run that will be started.
     *
     * @throws UsageException if one of them is wrong
     * @throws procession.RunNotFoundException if there is no run to join
     * @throws procession.SettingsException if there is no folder for output
     */
    void apply() {
        if (verbose) {
            Invocation.beVerbose();
        }
        if (config != null) {
            Launch.configFile(InputFile.readable("--config", config));
        }
        settings.forEach(Launch::setting);
        if (name != null) {
            Launch.name(name);
        }
        if (color != null) {
            Launch.setting("procession.color", known(color));
        }
        if (outputDir != null) {
            Launch.setting("procession.output.dir", outputDir);
        }
        if (record != null) {
            Launch.setting("procession.record.file", OutputFile.fresh("--record", record).toAbsolutePath().toString());
        }
        if (trace != null) {
            if (join != null) {
                throw new UsageException("--trace is for the program that starts a run, as the record is that program's; give it there.");
            }
            Afterwards.make("--trace", trace, (from, to) -> Trace.of(from, to, false));
        }
        if (join != null) {
            Launch.join(join);
        }
        Launch.output();
    }

    private static String known(String color) {
        if (!COLORS.contains(color)) {
            throw new UsageException("--color takes auto, always or never, not '" + color + "'.");
        }
        return color;
    }
}
