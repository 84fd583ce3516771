package procession.cli;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import procession.UsageException;
import procession.node.Launch;

/**
 * A scenario, found and ready to be called. Close it when its run has ended: children load its classes until then.
 *
 * @param main its main method
 * @param file what was compiled for it; null if nothing was
 */
record Program(Method main, ScenarioFile file) implements AutoCloseable {

    /**
     * Finds a scenario.
     *
     * @param target the name of a sample, a path ending in {@code .java}, or the name of a class
     * @throws UsageException if it is none of these, or has no main
     */
    static Program find(String target) {
        if (target.endsWith(".java")) {
            return ofFile(ScenarioFile.compile(Path.of(target)));
        }
        var samples = Sample.all();
        if (samples.containsKey(target)) {
            return ofClass(samples.get(target).type());
        }
        return ofClass(load(target).orElseThrow(() -> new UsageException("There is no sample " + target
                + ", nor a class of that name on the class path." + Nearest.hint(target, samples.keySet())
                + " `procession run --list` shows the samples.")));
    }

    private static Program ofFile(ScenarioFile file) {
        try {
            Class<?> type = file.classWith(Program::hasMain);
            Launch.classPath(file.folder());
            Launch.allow(file.classes());
            Thread.currentThread().setContextClassLoader(type.getClassLoader());
            return new Program(mainOf(type), file);
        } catch (RuntimeException unusable) {
            file.close();
            throw unusable;
        }
    }

    /** What lies beside the class may travel too: a program is seldom one class. */
    private static Program ofClass(Class<?> type) {
        if (!hasMain(type)) {
            throw new UsageException("The class " + type.getName() + " has no `public static void main(String[] args)`.");
        }
        Launch.allow(List.of(type.getPackageName().isEmpty() ? type.getName() : type.getPackageName() + ".*"));
        return new Program(mainOf(type), null);
    }

    private static Optional<Class<?>> load(String name) {
        try {
            return Optional.of(Class.forName(name, false, Program.class.getClassLoader()));
        } catch (ClassNotFoundException | LinkageError missing) {
            return Optional.empty();
        }
    }

    private static boolean hasMain(Class<?> type) {
        return mainOf(type) != null;
    }

    private static Method mainOf(Class<?> type) {
        Predicate<Method> isMain = method -> method.getName().equals("main")
                && Modifier.isStatic(method.getModifiers())
                && List.of(method.getParameterTypes()).equals(List.of(String[].class));
        return List.of(type.getDeclaredMethods()).stream().filter(isMain).findFirst().orElse(null);
    }

    /** Calls main on this thread. */
    void call(List<String> arguments) throws ReflectiveOperationException {
        main.setAccessible(true);
        main.invoke(null, (Object) arguments.toArray(String[]::new));
    }

    @Override
    public void close() {
        if (file != null) {
            file.close();
        }
    }
}
