package procession.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import procession.SettingsException;
import procession.core.Rules;
import procession.pool.PoolSettings;

/**
 * The settings of a process, read once and checked. {@code reference.conf} says what each means.
 *
 * @param name name of the run; empty for an automatic one
 * @param processName name of a process that joins; empty for an automatic one
 * @param host address of the main node
 * @param port port of the main node; 0 for any
 * @param color auto, always or never
 * @param allow types that may travel
 * @param payloadMax bytes of the largest payload
 * @param payloadBudget bytes that queues, pipes, cells and maps may hold in all
 * @param pipeBuffer bytes that each direction of a pipe takes
 * @param jvmOptions options of every child
 * @param classPath class path of every child; empty for this process's own
 * @param archive an archive of loaded classes; empty for none
 * @param startConcurrency how many children may be starting at once
 * @param startTimeout how long a child may take to reach the keeper
 * @param joinTimeout how long a process that joins may take to reach the keeper
 * @param noticeAfter after how long main says for whom it waits
 * @param killAfter how long a terminated process may take
 * @param flush how long a process may take to deliver what it has sent
 * @param maxLine bytes after which a line of output is broken
 * @param outputDir folder of one output file per process; empty for none
 * @param recordSize how many happenings are remembered
 * @param recordFile path of the file that the run is recorded in; empty for none
 * @param redeliveries how often an item of a joinable queue may return unfinished
 * @param deadlock report or refuse
 * @param lends whether a lock that nobody else wants is lent to who uses it
 * @param pool how pools are
 * @param given what was set by anyone, without the defaults: what children are given
 */
record Settings(
        String name,
        String processName,
        String host,
        int port,
        String color,
        List<String> allow,
        int payloadMax,
        long payloadBudget,
        long pipeBuffer,
        List<String> jvmOptions,
        String classPath,
        String archive,
        int startConcurrency,
        Duration startTimeout,
        Duration joinTimeout,
        Duration noticeAfter,
        Duration killAfter,
        Duration flush,
        int maxLine,
        String outputDir,
        int recordSize,
        String recordFile,
        int redeliveries,
        String deadlock,
        boolean lends,
        PoolSettings pool,
        Config given) {

    private static final String ROOT = "procession";
    private static final String TRANSPORT = "akka.remote";
    private static final int MOST_BYTES = 1024 * 1024 * 1024;

    /** Everything a main process is told, the first winning: the program, the command line, system properties, the file. */
    static Settings ofMain(Map<String, ?> program) {
        return of(given(program, "Procession.start")).withAbsolutePath();
    }

    /** What other processes are given means the same file in whatever directory they are; and a record may be wanted anyway. */
    private Settings withAbsolutePath() {
        var wanted = recordFile.isEmpty() ? Launch.recordsAnyway() : Optional.of(Path.of(recordFile)).filter(path -> !path.isAbsolute());
        return wanted.map(path -> of(given.withValue("procession.record.file",
                ConfigValueFactory.fromAnyRef(path.toAbsolutePath().toString())))).orElse(this);
    }

    /** The same for a process that joins; what all processes of a run must share wins. */
    static Settings ofJoined(Map<String, ?> program, String shared) {
        return of(parsed("the run", () -> ConfigFactory.parseString(shared)).withFallback(given(program, "Procession.join")));
    }

    private static Config given(Map<String, ?> program, String method) {
        Config file = file(Launch.configFile());
        return values(program, method).withFallback(values(Launch.settings(), "the command line"))
                .withFallback(systemProperties()).withFallback(file);
    }

    private static String path(String key, String text) {
        try {
            return Path.of(text).toString();
        } catch (InvalidPathException wrong) {
            throw new SettingsException("procession." + key + " is '" + text + "', which is no path: " + wrong.getReason() + ".");
        }
    }

    /** What a child is given by its parent. */
    static Settings ofChild(String given) {
        return of(ConfigFactory.parseString(given));
    }

    static Settings of(Config given) {
        return parsed("the configuration", () -> read(given));
    }

    private static Settings read(Config given) {
        refuseUnknown(given, ConfigFactory.parseResources(Settings.class.getClassLoader(), "reference.conf"));
        var reader = new Reader(given.withFallback(ConfigFactory.defaultReference()).resolve());
        int payloadMax = (int) reader.bytes("payload.max", 1, MOST_BYTES);
        return new Settings(
                reader.text("name"),
                processName(reader.text("process.name")),
                loopback(reader.text("host")),
                reader.number("port", 0, 65_535),
                reader.oneOf("color", "auto", "always", "never"),
                reader.texts("allow"),
                payloadMax,
                budget(reader.bytes("payload.budget", 0, Long.MAX_VALUE), payloadMax),
                reader.bytes("pipe.buffer", 1, MOST_BYTES),
                reader.texts("child.jvm-options"),
                reader.text("child.class-path"),
                reader.text("child.archive"),
                concurrency(reader.number("start.concurrency", 0, 10_000)),
                reader.duration("start.timeout", Duration.ofSeconds(1), Duration.ofHours(1)),
                reader.duration("join.timeout", Duration.ofSeconds(1), Duration.ofHours(1)),
                reader.duration("end.notice-after", Duration.ZERO, Duration.ofHours(1)),
                reader.duration("end.kill-after", Duration.ZERO, Duration.ofMinutes(1)),
                reader.duration("end.flush", Duration.ZERO, Duration.ofMinutes(1)),
                (int) reader.bytes("output.max-line", 256, 16 * 1024 * 1024),
                reader.text("output.dir"),
                reader.number("record.size", 0, 100_000_000),
                path("record.file", reader.text("record.file")),
                reader.number("queue.redeliveries", 0, 1_000_000),
                reader.oneOf("deadlock", "report", "refuse"),
                reader.flag("lock.lend"),
                pool(reader),
                given);
    }

    private static PoolSettings pool(Reader reader) {
        return new PoolSettings(reader.number("pool.read-ahead", 0, 1_000_000), reader.number("pool.start.tries", 1, 1_000),
                reader.duration("pool.start.first-pause", Duration.ofMillis(1), Duration.ofHours(1)),
                reader.duration("pool.start.longest-pause", Duration.ofMillis(1), Duration.ofHours(1)), reader.texts("pool.jvm-options"));
    }

    /** Name of a process that joins. */
    static String joinedName(String given) {
        return given.isEmpty() ? "Joined-" + ProcessHandle.current().pid() : given;
    }

    /** What the keeper obeys. */
    Rules rules() {
        return new Rules(payloadBudget, redeliveries, Rules.OnDeadlock.valueOf(deadlock.toUpperCase(Locale.ROOT)), lends);
    }

    /** What children are given: as text, without what is for the process alone that was given it. */
    String givenAsText() {
        return text(given.withoutPath("procession.port").withoutPath("procession.config")
                .withoutPath("procession.process.name").withoutPath("procession.output.dir"));
    }

    /** What must be the same in all processes of the run: as text. How nodes reach each other is in Akka's section. */
    String sharedAsText() {
        var shared = ConfigFactory.parseMap(Map.of(
                "procession.host", host,
                "procession.payload.max", payloadMax,
                "procession.payload.budget", payloadBudget,
                "procession.pipe.buffer", pipeBuffer,
                "procession.record.file", recordFile));
        return text(given.hasPath(TRANSPORT) ? shared.withValue(TRANSPORT, given.getValue(TRANSPORT)) : shared);
    }

    private static String text(Config config) {
        return config.root().render(ConfigRenderOptions.concise());
    }

    private static String processName(String name) {
        try {
            return ChildProcess.checkedName(name);
        } catch (IllegalArgumentException bad) {
            throw new SettingsException("procession.process.name: " + bad.getMessage());
        }
    }

    private static int concurrency(int given) {
        return given == 0 ? Math.max(2, 2 * Runtime.getRuntime().availableProcessors()) : given;
    }

    private static long budget(long given, int payloadMax) {
        if (given == 0) {
            return Math.max(payloadMax, Runtime.getRuntime().maxMemory() / 2);
        }
        if (given < payloadMax) {
            throw new SettingsException("procession.payload.budget is " + given + " bytes; it must be at least procession.payload.max ("
                    + payloadMax + "), or 0 for half of the heap.");
        }
        return given;
    }

    private static String loopback(String host) {
        try {
            if (InetAddress.getByName(host).isLoopbackAddress()) {
                return host;
            }
        } catch (UnknownHostException unknown) {
            throw new SettingsException("procession.host is '" + host + "', which is no address of this machine.");
        }
        throw new SettingsException("procession.host is '" + host + "'; only loopback addresses such as 127.0.0.1 are accepted, because"
                + " there is no TLS yet.");
    }

    private static Config file(Path named) {
        var property = System.getProperty("procession.config", "");
        if (named == null && property.isEmpty()) {
            return ConfigFactory.empty();
        }
        var file = named != null ? named : Path.of(property);
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new SettingsException("The configuration file " + file + " cannot be read.");
        }
        return parsed(file.toString(), () -> ConfigFactory.parseFile(file.toFile()));
    }

    private static Config values(Map<String, ?> values, String from) {
        Config config = ConfigFactory.empty();
        for (var entry : values.entrySet()) {
            config = parsed(from, () -> one(entry.getKey(), entry.getValue())).withFallback(config);
        }
        return config;
    }

    private static Config one(String key, Object value) {
        return value instanceof String text && text.strip().startsWith("[")
                ? ConfigFactory.parseString(key + " = " + text)
                : ConfigFactory.empty().withValue(key, ConfigValueFactory.fromAnyRef(value));
    }

    private static Config systemProperties() {
        var own = System.getProperties().stringPropertyNames().stream()
                .filter(key -> key.startsWith(ROOT + ".") || key.startsWith("akka."))
                .filter(key -> !key.equals("procession.config"))
                .collect(Collectors.toMap(key -> key, System::getProperty));
        return values(own, "the system properties");
    }

    private static <T> T parsed(String from, Supplier<T> config) {
        try {
            return config.get();
        } catch (ConfigException bad) {
            throw new SettingsException("A setting from " + from + " cannot be read: " + bad.getMessage());
        }
    }

    private static void refuseUnknown(Config given, Config defaults) {
        if (!given.hasPath(ROOT)) {
            return;
        }
        Set<String> known = defaults.getConfig(ROOT).entrySet().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
        for (var entry : given.getConfig(ROOT).entrySet()) {
            var key = entry.getKey();
            if (!known.contains(key) && !key.startsWith("akka.")) {
                throw new SettingsException("There is no setting procession." + key + "; reference.conf lists them: "
                        + known.stream().filter(name -> !name.startsWith("akka.")).sorted().collect(Collectors.joining(", ")) + ".");
            }
        }
    }

    /** Reads values, and names the key of one that is wrong. */
    private record Reader(Config config) {

        private <T> T read(String key, String what, java.util.function.Function<String, T> how) {
            try {
                return how.apply(ROOT + "." + key);
            } catch (ConfigException bad) {
                throw new SettingsException("procession." + key + " is '" + config.getValue(ROOT + "." + key).unwrapped()
                        + "'; it is " + what + ".");
            }
        }

        String text(String key) {
            return read(key, "a text", config::getString);
        }

        List<String> texts(String key) {
            return read(key, "a list of texts, such as [a, b]", config::getStringList);
        }

        String oneOf(String key, String... values) {
            var value = text(key);
            if (!List.of(values).contains(value)) {
                throw new SettingsException("procession." + key + " is '" + value + "'; it is one of " + String.join(", ", values) + ".");
            }
            return value;
        }

        boolean flag(String key) {
            return read(key, "on or off", config::getBoolean);
        }

        int number(String key, int least, int most) {
            return (int) inRange(key, read(key, "a whole number", config::getLong), least, most, "");
        }

        long bytes(String key, long least, long most) {
            return inRange(key, read(key, "a number of bytes, such as 64 KiB", config::getBytes), least, most, " bytes");
        }

        Duration duration(String key, Duration least, Duration most) {
            inRange(key, read(key, "a time, such as 500 ms or 2 s", config::getDuration).toMillis(), least.toMillis(), most.toMillis(), " ms");
            return config.getDuration(ROOT + "." + key);
        }

        private static long inRange(String key, long value, long least, long most, String unit) {
            if (value < least || value > most) {
                throw new SettingsException("procession." + key + " is " + value + unit + "; it is from " + least + " to " + most + unit
                        + ".");
            }
            return value;
        }
    }
}
