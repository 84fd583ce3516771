package procession.node;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.HexFormat;
import java.util.Properties;
import procession.Procession;

/**
 * What a program must know to join a run: the content of the file that the run's main process writes. It has the run's secret.
 *
 * @param name name of the run
 * @param system name of the actor systems: the run's secret
 * @param keeper where the keeper's actor is
 * @param seed address of the main node
 * @param pid pid of the main process
 * @param token start token of the main process
 * @param authKey what processes of one run share
 * @param version which Procession wrote it
 * @param settings the settings that all processes of a run must share, as text
 */
record RunFile(
        String name,
        String system,
        String keeper,
        String seed,
        long pid,
        String token,
        byte[] authKey,
        String version,
        String settings) {

    private static final String FORMAT = "1";
    private static final int LONGEST_NAME = 100;

    /** Which Procession this is. Two that are not packaged may be anything. */
    static String ownVersion() {
        var packaged = Procession.class.getPackage().getImplementationVersion();
        return packaged == null ? "(not packaged)" : packaged;
    }

    /** What a person types to mean this run and no other of the same name. */
    String label() {
        return name.endsWith("-" + pid) ? name : name + "-" + pid;
    }

    String fileName() {
        return safe(name) + "-" + pid + ".run";
    }

    /** A name as a part of a file's name: the same on every file system, and nothing that begins with a dot. */
    static String safe(String name) {
        var plain = name.replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^\\.", "_");
        return plain.length() > LONGEST_NAME ? plain.substring(0, LONGEST_NAME) : plain;
    }

    /** Whether the main process is gone: it could not remove its file. */
    boolean isStale() {
        return OsProcess.isGone(pid, token);
    }

    String text() throws IOException {
        var properties = new Properties();
        properties.setProperty("format", FORMAT);
        properties.setProperty("version", version);
        properties.setProperty("name", name);
        properties.setProperty("pid", Long.toString(pid));
        properties.setProperty("token", token);
        properties.setProperty("system", system);
        properties.setProperty("keeper", keeper);
        properties.setProperty("seed", seed);
        properties.setProperty("key", HexFormat.of().formatHex(authKey));
        properties.setProperty("settings", settings);
        var text = new StringWriter();
        properties.store(text, "A run of Procession. Whoever can read this file can join it.");
        return text.toString();
    }

    /** Of a file in another format only what every format has: who wrote it. */
    static RunFile of(String text) throws IOException {
        var properties = new Properties();
        properties.load(new StringReader(text));
        try {
            var format = required(properties, "format");
            boolean known = format.equals(FORMAT);
            return new RunFile(required(properties, "name"), known ? required(properties, "system") : "",
                    known ? required(properties, "keeper") : "", known ? required(properties, "seed") : "",
                    Long.parseLong(required(properties, "pid")), required(properties, "token"),
                    known ? HexFormat.of().parseHex(required(properties, "key")) : new byte[0],
                    required(properties, "version") + (known ? "" : ", format " + format),
                    known ? required(properties, "settings") : "");
        } catch (IllegalArgumentException broken) {
            throw new IOException("it is no run file: " + broken.getMessage(), broken);
        }
    }

    private static String required(Properties properties, String key) {
        var value = properties.getProperty(key);
        if (value == null) {
            throw new IllegalArgumentException(key + " is missing");
        }
        return value;
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "RunFile[" + label() + "]";
    }
}
