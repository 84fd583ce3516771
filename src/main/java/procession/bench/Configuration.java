package procession.bench;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import procession.Procession;
import procession.node.Shipped;

/** The configuration under which every line is measured: the one shipped, unless whoever measures has changed it. */
final class Configuration {

    private Configuration() {}

    /** What it is, in the order in which it is told. */
    static Map<String, String> told() {
        var akka = Shipped.akka("child");
        var version = Procession.class.getPackage().getImplementationVersion();
        var told = new LinkedHashMap<String, String>();
        told.put("procession", version == null ? "(not packaged)" : version);
        told.put("java", System.getProperty("java.vendor") + " " + Runtime.version());
        told.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version") + " " + System.getProperty("os.arch"));
        told.put("cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
        told.put("main", options() + " (heap limit " + Runtime.getRuntime().maxMemory() / (1 << 20) + " MB)");
        told.put("child", String.join(" ", akka.getStringList("procession.child.jvm-options")));
        told.put("archive", akka.getString("procession.child.archive").isEmpty() ? "none" : "of classes, for main and children");
        told.put("dispatcher", dispatcher());
        told.put("lending", akka.getString(Lending.KEY) + " (off for lock.pair.remote and primitives)");
        Python.version().ifPresent(python -> told.put("python", python));
        return told;
    }

    private static String options() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-X") && !option.startsWith("-Xlog") && !option.contains("Archive")
                        && !option.contains("AOTCache") && !option.contains("UnlockDiagnostic"))
                .collect(Collectors.joining(" "));
    }

    private static String dispatcher() {
        var dispatcher = Shipped.akka("child").getConfig("procession.akka.dispatcher");
        var executor = dispatcher.getString("executor");
        var section = dispatcher.hasPath(executor) ? " " + dispatcher.getConfig(executor).entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue().unwrapped()).sorted().collect(Collectors.joining(" ")) : "";
        return executor + section + " throughput=" + dispatcher.getInt("throughput");
    }
}
