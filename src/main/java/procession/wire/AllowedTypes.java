package procession.wire;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which classes of the user's may travel, by name. The JDK's are never its business: those that may travel are a fixed list.
 *
 * <p>An entry is a package with all below it, {@code com.acme.*}; a class with those nested in it, {@code com.acme.Basket}; or
 * {@code .*}, the classes without a package and nothing else. Immutable.
 */
public final class AllowedTypes {

    private static final Pattern ENTRY = Pattern.compile("(?:[\\p{L}_$][\\p{L}\\p{N}_$]*\\.)*[\\p{L}_$][\\p{L}\\p{N}_$]*(?:\\.\\*)?|\\.\\*");
    private static final List<String> JDK = List.of("java.", "jdk.", "sun.", "com.sun.");

    private final List<String> packages;
    private final Set<String> classes;
    private final boolean unnamed;

    private AllowedTypes(Collection<String> entries) {
        packages = entries.stream().filter(e -> e.endsWith(".*") && e.length() > 2).map(e -> e.substring(0, e.length() - 1)).toList();
        classes = new HashSet<>(entries.stream().filter(e -> !e.endsWith(".*")).toList());
        unnamed = entries.contains(".*");
    }

    /**
     * From entries such as {@code com.acme.*}, {@code com.acme.Basket} and {@code .*}.
     *
     * @param entries what is allowed
     * @return the list
     * @throws IllegalArgumentException if one is malformed or allows classes of the JDK; the message names it
     */
    public static AllowedTypes of(Collection<String> entries) {
        entries.forEach(AllowedTypes::check);
        return new AllowedTypes(entries);
    }

    /**
     * From entries, as {@link #of(Collection)}.
     *
     * @param entries what is allowed
     * @return the list
     */
    public static AllowedTypes of(String... entries) {
        return of(List.of(entries));
    }

    /**
     * Whether a class may travel.
     *
     * @param name its binary name, such as {@code com.acme.Basket$Fruit}
     * @return whether an entry covers it
     */
    public boolean allows(String name) {
        return !ofJdk(name) && (unnamed && name.indexOf('.') < 0 || inPackage(name) || inClass(name));
    }

    private boolean inPackage(String name) {
        for (String prefix : packages) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    private boolean inClass(String name) {
        for (int end = name.length(); end > 0; end = name.lastIndexOf('$', end - 1)) {
            if (classes.contains(name.substring(0, end))) {
                return true;
            }
        }
        return false;
    }

    private static boolean ofJdk(String name) {
        return JDK.stream().anyMatch(name::startsWith);
    }

    private static void check(String entry) {
        if (!ENTRY.matcher(entry).matches()) {
            throw new IllegalArgumentException(
                    "'" + entry + "' is neither a package, as in com.acme.*, nor a class, as in com.acme.Basket.");
        }
        if (ofJdk(entry)) {
            throw new IllegalArgumentException("'" + entry + "' cannot be allowed: the classes of the JDK that may travel are a fixed list.");
        }
    }
}
