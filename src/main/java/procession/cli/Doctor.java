package procession.cli;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import procession.Outcome;
import procession.Procession;
import procession.SettingsException;
import procession.UsageException;
import procession.node.Launch;
import procession.node.Surroundings;

/** {@code procession doctor}: looks for whatever might keep a cluster from forming, and then forms one. */
@Command(
        name = "doctor",
        description = {"Looks for what might keep a cluster from forming, and starts one.", ""},
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false)
final class Doctor implements Callable<Integer> {

    private static final int MOST = 10_000;
    private static final String PROBE = "doctor";

    @Option(names = "--processes", paramLabel = "N", description = "for how many processes there must be room (default: ${DEFAULT-VALUE})")
    private int processes = 20;

    @Option(names = "--config", paramLabel = "FILE", description = "settings, in HOCON")
    private Path config;

    @Option(names = "--no-start", description = "start no process")
    private boolean looksOnly;

    @Option(names = "--json", description = "as one JSON object")
    private boolean json;

    private Doctor() {}

    @Override
    public Integer call() throws IOException {
        if (processes < 1 || processes > MOST) {
            throw new UsageException("--processes takes a number from 1 to " + MOST + ", not " + processes + ".");
        }
        if (config != null) {
            Launch.configFile(InputFile.readable("--config", config));
        }
        var findings = findings();
        boolean failed = findings.stream().anyMatch(finding -> finding.level() == Finding.Level.FAIL);
        if (json) {
            print(findings, failed);
        } else {
            findings.forEach(finding -> System.out.print(finding.text()));
        }
        return failed ? Ending.CLUSTER : 0;
    }

    private List<Finding> findings() {
        Surroundings found = null;
        Finding settings;
        try {
            found = Surroundings.found();
            settings = Finding.ok("settings", (config != null ? config.toString() : System.getProperty("procession.config", "defaults"))
                    + "; host " + found.host() + ", port " + (found.port() == 0 ? "any" : found.port()));
        } catch (SettingsException wrong) {
            settings = Finding.fail("settings", wrong.getMessage(), "No run starts with a setting that is wrong.",
                    "Correct it; reference.conf says what each may be.");
        }
        var all = new ArrayList<>(Installation.findings(
                found == null ? System.getProperty("procession.child.archive", "") : found.archive()));
        all.addAll(new Machine(processes, Path.of("/")).findings());
        all.add(settings);
        if (found != null) {
            all.add(network(found));
        }
        all.add(folder());
        all.add(runs());
        if (found != null && !looksOnly) {
            all.add(start());
        }
        return all;
    }

    private static Finding network(Surroundings found) {
        return found.refusal(0).map(why -> Finding.fail("network", found.host() + " cannot be listened at or reached: " + why,
                "The processes of a run talk over it.", "Bring the loopback interface up (ip link set lo up), or look for a filter."))
                .or(() -> found.refusal(found.port()).map(why -> Finding.fail("network", "port " + found.port() + " of " + found.host()
                        + ": " + why, "procession.port names it, so the main node must have it.",
                        "Choose another, or 0 for any free one.")))
                .orElseGet(() -> Finding.ok("network", found.host() + " can be listened at and reached"));
    }

    private static Finding folder() {
        var folder = Surroundings.folder();
        return folder.trouble().isEmpty() ? Finding.ok("run folder", folder.path() + ", for nobody but you")
                : Finding.warn("run folder", folder.path() + ": " + folder.trouble(), "A run says there how it is joined and asked.",
                        "Correct its owner or its mode (0700), or remove it.");
    }

    private static Finding runs() {
        var runs = Surroundings.runs();
        return Finding.ok("other runs", runs.isEmpty() ? "none of yours" : runs.size() + " of yours: " + String.join(", ", runs));
    }

    // The proof.

    private static void nothing() {}

    private static Finding start() {
        var why = "That is what all this is about.";
        long begin = System.nanoTime();
        try (var run = Procession.start(Map.of("procession.name", PROBE, "procession.debug", "",
                "procession.record.file", "", "procession.output.dir", "", "procession.view.port", ""))) {
            long main = System.nanoTime();
            var outcome = run.process(Doctor::nothing).name(PROBE).start().join();
            long end = System.nanoTime();
            return outcome instanceof Outcome.Returned ? Finding.ok("start", "a cluster of two processes: main took " + millis(begin, main)
                    + " ms, a child " + millis(main, end) + " ms from its start to its end")
                    : Finding.fail("start", "a child " + outcome, why, "What it said is on stderr.");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Finding.fail("start", "interrupted", why, "Try again.");
        } catch (RuntimeException failed) {
            return Finding.fail("start", String.valueOf(failed.getMessage()), why, "Look at what is said above.");
        }
    }

    private static long millis(long begin, long end) {
        return TimeUnit.NANOSECONDS.toMillis(end - begin);
    }

    private void print(List<Finding> findings, boolean failed) throws IOException {
        try (var out = new JsonFactory().createGenerator(System.out)) {
            out.disable(com.fasterxml.jackson.core.JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            out.writeStartObject();
            out.writeBooleanField("ok", !failed);
            out.writeNumberField("processes", processes);
            out.writeArrayFieldStart("checks");
            for (var finding : findings) {
                finding.write(out);
            }
            out.writeEndArray();
            out.writeEndObject();
            out.writeRaw('\n');
        }
    }
}
