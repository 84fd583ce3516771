package procession.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Option;
import procession.UsageException;
import procession.node.Launch;
import procession.view.Report;
import procession.view.Trace;

/**
 * The options about the run to come. The command takes them before the scenario, and every scenario that has {@link
 * procession.Options} takes them too, so that nobody needs to remember where they belong.
 */
final class RunSettings {

    private static final int MOST_PORTS = 65_535;
    private static final List<String> COLORS = List.of("auto", "always", "never");

    private static final class Colors extends ArrayList<String> {
        Colors() {
            super(COLORS);
        }
    }

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

    @Option(names = "--color", paramLabel = "WHEN", completionCandidates = Colors.class,
            description = "auto (on a terminal), always or never")
    private String color;

    @Option(names = "--record", paramLabel = "FILE", description = "write down what happens, for `procession check FILE`")
    private Path record;

    @Option(names = "--debug", paramLabel = "NAME[:PORT]",
            description = "start the process of that name under a debugger, for which it waits")
    private String debug;

    @Option(names = "--view", description = "show the run as a page in a browser, while it goes on")
    private boolean view;

    @Option(names = "--view-port", paramLabel = "N", description = "the page's port; without it any that is free")
    private Integer viewPort;

    @Option(names = "--keep", description = "like --view, and the page stays when the run has ended, until Ctrl-C")
    private boolean keep;

    @Option(names = "--report", paramLabel = "FILE", description = "write the page with all that was seen into one HTML file, at the end")
    private Path report;

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
        if (debug != null) {
            Launch.setting("procession.debug", debug);
        }
        applyView();
        if (trace != null) {
            if (join != null || Launch.isJoining()) {
                throw new UsageException("--trace is for the program that starts a run, as the record is that program's; give it there.");
            }
            Afterwards.make("--trace", trace, (from, to) -> Trace.of(from, to, false));
        }
        if (join != null) {
            Launch.join(join);
        }
        Launch.output();
    }

    private void applyView() {
        if (viewPort != null && (viewPort < 0 || viewPort > MOST_PORTS)) {
            throw new UsageException("--view-port takes a number from 0 (any free port) to " + MOST_PORTS + ", not " + viewPort + ".");
        }
        if ((join != null || Launch.isJoining()) && (view || viewPort != null || keep || report != null)) {
            throw new UsageException("--join takes part in a run that another program has started; only that one can show it (--view,"
                    + " --view-port, --keep, --report).");
        }
        if (viewPort != null || view || keep) {
            Launch.setting("procession.view.port", Objects.toString(viewPort, settings.getOrDefault("procession.view.port", "0")));
        }
        if (keep) {
            Launch.setting("procession.view.keep", "on");
        }
        if (report != null) {
            Afterwards.make("--report", report, Report::write);
        }
    }

    private static String known(String color) {
        if (!COLORS.contains(color)) {
            throw new UsageException("--color takes auto, always or never, not '" + color + "'.");
        }
        return color;
    }
}
