package procession.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import procession.Scenario;

/**
 * A sample: a class in package {@code samples} that {@link Scenario} names. They are looked for on the class path, not listed by
 * hand, so that a new sample is one new file.
 *
 * @param type the class with main
 * @param about what it shows
 */
record Sample(Class<?> type, String about) {

    private static final String PACKAGE = "samples";

    /** All samples, by name. */
    static Map<String, Sample> all() {
        var all = new TreeMap<String, Sample>();
        try {
            var folders = Sample.class.getClassLoader().getResources(PACKAGE);
            while (folders.hasMoreElements()) {
                classes(folders.nextElement()).forEach(name -> add(all, name));
            }
        } catch (IOException | URISyntaxException broken) {
            throw new IllegalStateException("The samples on the class path cannot be read: " + broken.getMessage(), broken);
        }
        return all;
    }

    private static void add(Map<String, Sample> all, String name) {
        try {
            Class<?> type = Class.forName(name, false, Sample.class.getClassLoader());
            Scenario scenario = type.getAnnotation(Scenario.class);
            if (scenario != null) {
                all.put(scenario.name(), new Sample(type, scenario.about()));
            }
        } catch (ClassNotFoundException | LinkageError broken) {
            throw new IllegalStateException("The sample " + name + " cannot be loaded: " + broken, broken);
        }
    }

    private static List<String> classes(URL folder) throws IOException, URISyntaxException {
        URI uri = folder.toURI();
        if (!uri.getScheme().equals("jar")) {
            return classes(Path.of(uri));
        }
        try (var jar = FileSystems.newFileSystem(uri, Map.of())) {
            return classes(jar.getPath(PACKAGE));
        }
    }

    private static List<String> classes(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && !name.contains("$"))
                    .map(name -> PACKAGE + "." + name.substring(0, name.length() - ".class".length()))
                    .toList();
        } catch (UncheckedIOException broken) {
            throw broken.getCause();
        }
    }
}
