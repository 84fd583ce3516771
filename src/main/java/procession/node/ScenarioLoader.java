package procession.node;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Loads classes from folders first, also where the class path has some of the same name: who runs an edited copy of a sample wants the
 * copy, in main and in children. The class path itself stays as it is, so that archives made for it go on being used.
 */
public final class ScenarioLoader extends URLClassLoader {

    static {
        registerAsParallelCapable();
    }

    private final List<Path> folders;

    /**
     * A loader.
     *
     * @param folders where to look first
     */
    public ScenarioLoader(List<Path> folders) {
        super(urls(folders), ScenarioLoader.class.getClassLoader());
        this.folders = List.copyOf(folders);
    }

    private static URL[] urls(List<Path> folders) {
        return folders.stream().map(ScenarioLoader::url).toArray(URL[]::new);
    }

    private static URL url(Path folder) {
        try {
            return folder.toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalArgumentException(folder + " has no address", impossible);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        return hasOwn(name) ? loadOwn(name) : super.loadClass(name, resolve);
    }

    private boolean hasOwn(String name) {
        var file = name.replace('.', '/') + ".class";
        return folders.stream().anyMatch(folder -> Files.exists(folder.resolve(file)));
    }

    private Class<?> loadOwn(String name) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }
}
