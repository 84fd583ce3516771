package procession.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;
import procession.UsageException;

/**
 * A scenario that somebody begins, and its files.
 *
 * @param name its name, such as {@code bounded-buffer}
 * @param className {@code BoundedBuffer}
 * @param packageName {@code boundedbuffer}
 */
record NewScenario(String name, String className, String packageName) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*");
    /** Between {@code d} and {@code B} of {@code boundedBuffer}, and between {@code L} and {@code P} of {@code XMLParser}. */
    private static final Pattern HUMP = Pattern.compile("-|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");
    /** The class must not hide one that its source uses. */
    private static final List<String> USED = List.of("procession.", "java.lang.", "java.util.", "procession.testkit.");
    /** Those of its test that are not on this command's class path, and its own. */
    private static final Set<String> TAKEN = Set.of("Report", "Test", "Timeout", "RegisterExtension");

    /**
     * A file of it.
     *
     * @param path where, in the scenario's folder
     * @param text what is in it
     */
    record File(String path, String text) {}

    /**
     * Makes sense of what a person types.
     *
     * @param typed words with dashes between them, or in camel case
     * @throws UsageException if it makes no class and no package of Java
     */
    static NewScenario named(String typed) {
        if (!NAME.matcher(typed).matches()) {
            throw new UsageException("'" + typed + "' is no name for a scenario: it is made of letters and digits, begins with a letter,"
                    + " and has single dashes between its words, such as bounded-buffer.");
        }
        var words = new ArrayList<String>();
        for (var word : HUMP.split(typed)) {
            words.add(word.toLowerCase(Locale.ROOT));
        }
        var scenario = new NewScenario(String.join("-", words),
                words.stream().map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1)).collect(Collectors.joining()),
                String.join("", words));
        scenario.check();
        return scenario;
    }

    private void check() {
        if (SourceVersion.isKeyword(packageName) || packageName.equals("java")) {
            throw new UsageException("'" + name + "' is no name for a scenario, as Java does not allow a package '" + packageName
                    + "'; add a word, such as " + name + "-scenario.");
        }
        if (TAKEN.contains(className) || USED.stream().anyMatch(around -> isThere(around + className))) {
            throw new UsageException("'" + name + "' is no name for a scenario, as its class would hide another " + className
                    + "; add a word, such as " + name + "-scenario.");
        }
    }

    private static boolean isThere(String className) {
        try {
            Class.forName(className, false, NewScenario.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | NoClassDefFoundError none) { // The second on disks that take Lock for lock.
            return false;
        }
    }

    /** Where its class is, in its folder. */
    String source() {
        return "src/main/java/" + packageName + "/" + className + ".java";
    }

    /** Where its test is, in its folder. */
    String test() {
        return "src/test/java/" + packageName + "/" + className + "Test.java";
    }

    /**
     * Its files.
     *
     * @param version the version of Procession that its build is to use
     */
    List<File> files(String version) {
        return List.of(
                new File("pom.xml", filled("pom.xml.txt", version)),
                new File(source(), filled("Scenario.java.txt", version)),
                new File(test(), filled("Test.java.txt", version)));
    }

    private String filled(String template, String version) {
        try (var in = NewScenario.class.getResourceAsStream("new/" + template)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@package@", packageName)
                    .replace("@Class@", className)
                    .replace("@name@", name)
                    .replace("@version@", version);
        } catch (IOException broken) {
            throw new UncheckedIOException("procession.jar is damaged: " + template + " cannot be read.", broken);
        }
    }
}
