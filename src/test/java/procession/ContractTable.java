package procession;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rows of the contract, the tests that prove them, and the page that says so. */
final class ContractTable {

    static final Path ROWS = Path.of("src/test/resources/contract.txt");
    static final Path PAGE = Path.of("docs/contract.md");
    private static final Path DIFFERENCES = Path.of("docs/differences.md");
    private static final Path SOURCES = Path.of("src/test/java");

    /**
     * One row.
     *
     * @param id its name
     * @param given the case
     * @param promised what is promised then
     * @param differs the heading under which the difference from Python is explained
     * @param nothing why no test is owed
     */
    record Promise(String id, String given, String promised, Optional<String> differs, Optional<String> nothing) {

        static Promise of(String line) {
            var parts = line.split(" \\| ");
            var last = parts[parts.length - 1];
            return new Promise(parts[0], parts[1], parts[2], after("differs: ", last), after("void: ", last));
        }

        private static Optional<String> after(String word, String part) {
            return part.startsWith(word) ? Optional.of(part.substring(word.length())) : Optional.empty();
        }
    }

    /**
     * Rows that belong together.
     *
     * @param title what about
     * @param promises the rows
     */
    record Section(String title, List<Promise> promises) {}

    /**
     * A test.
     *
     * @param type its class
     * @param method its method
     * @param isTest whether it is one: a method that JUnit runs
     */
    record Proof(String type, String method, boolean isTest) {

        private String shortType() {
            return type.substring(type.lastIndexOf('.') + 1);
        }

        Path source() {
            return SOURCES.resolve(type.replace('.', '/') + ".java");
        }

        /** {@code theFirstOne} reads as the first one. */
        private String words() {
            return Stream.of(method.split("(?<=[a-z])(?=[A-Z0-9])(?<!Ki)|(?<=[0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])"))
                    .map(word -> word.chars().filter(Character::isUpperCase).count() > 1 ? word : word.toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(" "));
        }
    }

    private final List<Section> sections = new ArrayList<>();
    private final Map<String, List<Proof>> proofs = new TreeMap<>();

    ContractTable() {
        lines(ROWS).stream().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(line -> {
            if (line.startsWith("== ")) {
                sections.add(new Section(line.substring(3), new ArrayList<>()));
            } else {
                sections.getLast().promises().add(Promise.of(line));
            }
        });
        new ClassFileImporter().importPath(Path.of("target/test-classes")).stream()
                .sorted(java.util.Comparator.comparing(JavaClass::getSimpleName)).forEach(this::addProofsOf);
    }

    private void addProofsOf(JavaClass type) {
        type.getMethods().stream().sorted(java.util.Comparator.comparing(method -> method.getName())).forEach(method ->
                method.tryGetAnnotationOfType(Row.class).ifPresent(row -> {
                    boolean isTest = method.isAnnotatedWith("org.junit.jupiter.api.Test")
                            || method.isAnnotatedWith("org.junit.jupiter.params.ParameterizedTest");
                    for (var id : row.value()) {
                        proofs.computeIfAbsent(id, any -> new ArrayList<>()).add(new Proof(type.getName(), method.getName(), isTest));
                    }
                }));
    }

    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    List<Promise> promises() {
        return sections.stream().flatMap(section -> section.promises().stream()).toList();
    }

    List<Proof> proofsOf(Promise promise) {
        return proofs.getOrDefault(promise.id(), List.of());
    }

    List<Proof> proofs() {
        return proofs.values().stream().flatMap(List::stream).distinct().toList();
    }

    TreeSet<String> idsThatTestsName() {
        return new TreeSet<>(proofs.keySet());
    }

    /** What can be linked to in the page of differences. */
    static List<String> headings() {
        return lines(DIFFERENCES).stream().filter(line -> line.startsWith("#")).map(line -> line.replaceFirst("#+ ", ""))
                .map(title -> title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "").replace(' ', '-')).toList();
    }

    // The page.

    String page() {
        var page = new StringBuilder("""
                # The contract, row by row

                <!-- Generated from src/test/resources/contract.txt and from the @Row annotations of the tests. Not to be edited:
                     mvn test -Dtest=ContractTest -Dtest.contract=write
                     writes it anew, and every build looks whether it is right. -->

                What is promised in which case, and how that is known: by a test, which is linked, or not at all, and then why not. Where
                Python does otherwise, [the differences](differences.md) say why. The rows are those of a list of what CPython 3.11 does on
                Linux, case by case; its gaps are cases that are of no use here. Listeners, pools, shared values
                and managers are not there yet; their rows come with them.
                """);
        for (var section : sections) {
            page.append("\n## ").append(section.title()).append("\n\n| Row | Case | Promise | How it is known |\n|---|---|---|---|\n");
            section.promises().forEach(promise -> page.append("| ").append(promise.id()).append(" | ").append(promise.given())
                    .append(" | ").append(promise.promised()).append(" | ").append(known(promise)).append(" |\n"));
        }
        return page.toString();
    }

    private String known(Promise promise) {
        var byType = new TreeMap<String, List<Proof>>();
        proofsOf(promise).forEach(proof -> byType.computeIfAbsent(proof.shortType(), any -> new ArrayList<>()).add(proof));
        return Stream.of(
                        byType.entrySet().stream().map(type -> "[" + type.getKey() + "](../" + type.getValue().getFirst().source() + "): "
                                + type.getValue().stream().map(Proof::words).collect(Collectors.joining("; "))),
                        promise.differs().stream().map(heading -> "[Python differs](differences.md#" + heading + ")"),
                        promise.nothing().stream().map(reason -> "No test: " + reason))
                .flatMap(parts -> parts).collect(Collectors.joining("<br>"));
    }
}
