package procession.node;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * What a command line decides about the run that this JVM will start: read by {@link procession.Procession#start()}. One per JVM, as
 * there is one run per JVM.
 */
public final class Launch {

    private static final String OUTPUT = "procession.output.dir";
    private static final String PROCESS = "procession.process.name";

    private static final Map<String, String> SETTINGS = new LinkedHashMap<>();
    private static final Set<String> ALLOWED = new LinkedHashSet<>();
    private static final List<Path> CLASS_PATH = new ArrayList<>();
    private static final List<Consumer<Path>> AFTER_RECORD = new ArrayList<>();
    private static final Object USING_RECORD = new Object();
    private static Path recordAnyway;
    private static Runnable keptOpen;
    private static Path configFile;
    private static String joined;
    private static String name;

    private Launch() {}

    /**
     * Sets a setting, which wins over configuration files and loses against {@code Procession.start(Map)}; or, where the key is not
     * one of Procession's or Akka's, a system property, which children get too.
     *
     * @param key its full key
     * @param value its value, as in HOCON
     */
    public static synchronized void setting(String key, String value) {
        if (key.startsWith("procession.") || key.startsWith("akka.")) {
            SETTINGS.put(key, value);
        } else {
            System.setProperty(key, value);
        }
    }

    /**
     * Has {@link procession.Procession#start()} join a run instead of starting one.
     *
     * @param run name of the run, or its name and pid
     * @throws procession.RunNotFoundException if there is no such run, or several
     * @throws procession.ClusterException if the folder of runs cannot be trusted
     */
    public static synchronized void join(String run) {
        RunSearch.find(run);
        joined = run;
    }

    /**
     * Gives a name: to the run, or to this process where it joins one.
     *
     * @param given the name
     */
    public static synchronized void name(String given) {
        name = given;
    }

    /**
     * This JVM is one program and ends with it: where what processes print goes to files, too, what this one prints does so until the
     * end of the JVM, not only while its run is open.
     */
    public static void program() {
        OwnOutput.lastsUntilTheEnd();
    }

    /**
     * The command line has been read. If it names a folder for output, what this program prints goes to its file from now on, until
     * this JVM ends.
     *
     * @throws procession.SettingsException if that folder cannot be written to
     */
    public static void output() {
        String folder;
        String process;
        synchronized (Launch.class) {
            folder = given(OUTPUT);
            process = joined == null ? MainRun.NAME : Settings.joinedName(given(PROCESS));
        }
        if (!folder.isEmpty()) {
            program();
            OwnOutput.open(folder, process);
        }
    }

    private static String given(String key) {
        return settings().getOrDefault(key, System.getProperty(key, ""));
    }

    /**
     * Names the configuration file.
     *
     * @param file a HOCON file
     */
    public static synchronized void configFile(Path file) {
        configFile = file;
    }

    /**
     * Adds a folder of classes that children load before those of the same name on the class path, as {@link ScenarioLoader} does here.
     *
     * @param entry a folder
     */
    public static synchronized void classPath(Path entry) {
        CLASS_PATH.add(entry.toAbsolutePath());
    }

    /**
     * Allows types to travel in payloads.
     *
     * @param types full names of classes, or of packages with {@code .*} behind them
     */
    public static synchronized void allow(Collection<String> types) {
        ALLOWED.addAll(types);
    }

    /**
     * Has the run recorded, in this file where its settings name none.
     *
     * @param file a file that is not there yet
     */
    public static synchronized void recordAnyway(Path file) {
        recordAnyway = file.toAbsolutePath();
    }

    /**
     * Has something done with the record when it is complete: when the run has been closed, or ends with its JVM, as by Ctrl-C. Each is
     * called once, in the order in which they were given, before the run counts as closed. What one throws is told on standard error.
     *
     * @param use is given the record's file, which exists
     */
    public static synchronized void afterRecord(Consumer<Path> use) {
        AFTER_RECORD.add(use);
    }

    /** The record is complete. Whoever says so again while it is used waits, so that a JVM does not end too early. */
    static void recordIsComplete(Path record) {
        synchronized (USING_RECORD) {
            takeAfterRecord().forEach(use -> {
                try {
                    use.accept(record);
                } catch (RuntimeException failed) {
                    System.err.println("procession: the record " + record + " could not be used: " + failed);
                }
            });
        }
    }

    private static synchronized List<Consumer<Path>> takeAfterRecord() {
        var taken = List.copyOf(AFTER_RECORD);
        AFTER_RECORD.clear();
        return taken;
    }

    /**
     * Ends the run of this JVM if it is still open, as the end of a program does: waits for the threads of the program that are no
     * daemons, then for the children that are none. It does not return if a page of the run is to stay.
     *
     * @throws InterruptedException if interrupted while waiting for a thread
     */
    public static void finish() throws InterruptedException {
        UserThreads.awaitEnd();
        var run = NodeProvider.own();
        if (run != null) {
            run.close();
        }
        var telling = keptOpen();
        if (telling != null) {
            telling.run();
            new CountDownLatch(1).await();
        }
    }

    /** What is left of a run that is over can still be looked at: its program ends by hand, and is told so when all else has ended. */
    static synchronized void keepOpen(Runnable telling) {
        keptOpen = telling;
    }

    private static synchronized Runnable keptOpen() {
        return keptOpen;
    }

    static synchronized Map<String, String> settings() {
        var settings = new LinkedHashMap<>(SETTINGS);
        if (name != null) {
            settings.put(joined == null ? "procession.name" : PROCESS, name);
        }
        return settings;
    }

    static synchronized Optional<Path> recordsAnyway() {
        return Optional.ofNullable(recordAnyway);
    }

    /**
     * Whether {@link procession.Procession#start()} will join a run instead of starting one.
     *
     * @return whether it will
     */
    public static synchronized boolean isJoining() {
        return joined != null;
    }

    static synchronized Optional<String> joins() {
        return Optional.ofNullable(joined);
    }

    static synchronized Path configFile() {
        return configFile;
    }

    static synchronized List<Path> classPath() {
        return List.copyOf(CLASS_PATH);
    }

    static synchronized Set<String> allowed() {
        return Set.copyOf(ALLOWED);
    }
}
