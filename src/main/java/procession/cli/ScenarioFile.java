package procession.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import procession.UsageException;
import procession.node.Folders;
import procession.node.ScenarioLoader;

/**
 * A scenario in one file, compiled into a folder that only this user may read and that is gone when the command is.
 *
 * @param source the file
 * @param folder where its classes are
 * @param classes full names of its classes, nested ones too
 * @param loader loads them
 */
record ScenarioFile(Path source, Path folder, List<String> classes, ClassLoader loader) implements AutoCloseable {

    /**
     * Compiles a file.
     *
     * @throws UsageException if it cannot be read or does not compile
     */
    static ScenarioFile compile(Path source) {
        InputFile.readable("the command line", source);
        try {
            Path folder = Files.createTempDirectory("procession-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> Folders.delete(folder)));
            Compilation.run(source, folder);
            var classes = classesIn(folder);
            return new ScenarioFile(source, folder, classes, new ScenarioLoader(List.of(folder)));
        } catch (IOException broken) {
            throw new UsageException(source + " cannot be compiled, as its classes cannot be written: " + broken + ".", broken);
        }
    }

    /** The class that fits: the one named as the file is, if it does, or the first. */
    Class<?> classWith(Predicate<Class<?>> fits) {
        String own = source.getFileName().toString().replace(".java", "");
        return classes.stream()
                .<Class<?>>map(this::load)
                .filter(type -> type.getDeclaringClass() == null)
                .filter(fits)
                .min(Comparator.comparing(type -> !type.getSimpleName().equals(own)))
                .orElseThrow(() -> new UsageException(source + " has no class with a `public static void main(String[] args)`."));
    }

    @Override
    public void close() {
        Folders.delete(folder);
    }

    private Class<?> load(String name) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException gone) {
            throw new IllegalStateException("The class " + name + " is gone from " + folder + ".", gone);
        }
    }

    private static List<String> classesIn(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.map(file -> folder.relativize(file).toString())
                    .filter(name -> name.endsWith(".class"))
                    .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .sorted()
                    .toList();
        }
    }
}
