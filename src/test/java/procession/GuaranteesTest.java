package procession;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/guarantees.md: for each part that a process plays, however it ends, there is a promise, and a test of that name. */
class GuaranteesTest {

    private static final Path PAGE = Path.of("docs/guarantees.md");
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+(?:IT|Test))\\.(\\w+)`");
    private static final Set<String> RUN_BY_JUNIT = Set.of("org.junit.jupiter.api.Test", "org.junit.jupiter.api.TestFactory",
            "org.junit.jupiter.params.ParameterizedTest");
    private static final int CELL_OF_ENDINGS = 1;

    private final List<String> lines = ContractTable.lines(PAGE);

    private Map<String, List<String>> tables() {
        var tables = new LinkedHashMap<String, List<String>>();
        var heading = "";
        for (var line : lines) {
            if (line.startsWith("## ")) {
                heading = line.substring(3);
                tables.put(heading, new ArrayList<>());
            } else if (line.startsWith("| ") && !line.startsWith("| Ends by")) {
                tables.get(heading).add(line);
            }
        }
        return tables;
    }

    private static Stream<String> endings(String row) {
        return Arrays.stream(row.split("\\|")[CELL_OF_ENDINGS].split(",")).map(String::strip);
    }

    @Test
    void everyPartHasAPromiseHoweverTheProcessEnds() {
        assertThat(tables()).hasSize(9).allSatisfy((part, rows) -> assertThat(rows.stream().flatMap(GuaranteesTest::endings))
                .contains("return", "exception", "exit", "SIGTERM", "SIGKILL", "SIGSTOP"));
    }

    @Test
    void everyPromiseNamesATest() {
        assertThat(tables().values().stream().flatMap(List::stream)).allMatch(row -> TEST.matcher(row).find());
    }

    @Test
    void everyTestThatIsNamedExists() {
        var named = lines.stream().flatMap(line -> TEST.matcher(line).results()).map(GuaranteesTest::name).collect(Collectors.toSet());

        assertThat(tests()).containsAll(named);
    }

    private static String name(MatchResult found) {
        return found.group(1) + "." + found.group(2);
    }

    private static Set<String> tests() {
        return new ClassFileImporter().importPath(Path.of("target/test-classes")).stream().flatMap(GuaranteesTest::tests)
                .collect(Collectors.toSet());
    }

    private static Stream<String> tests(JavaClass type) {
        return type.getMethods().stream()
                .filter(method -> RUN_BY_JUNIT.stream().anyMatch(method::isAnnotatedWith))
                .map(method -> type.getSimpleName() + "." + method.getName());
    }
}
