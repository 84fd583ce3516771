package procession.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import procession.UsageException;

class NewScenarioTest {

    @ParameterizedTest
    @CsvSource({
        "bounded-buffer, bounded-buffer, BoundedBuffer, boundedbuffer",
        "boundedBuffer,  bounded-buffer, BoundedBuffer, boundedbuffer",
        "BoundedBuffer,  bounded-buffer, BoundedBuffer, boundedbuffer",
        "buffer,         buffer,         Buffer,        buffer",
        "two-2-tango,    two-2-tango,    Two2Tango,     two2tango",
        "XMLParser,      xml-parser,     XmlParser,     xmlparser",
    })
    void aNameWithDashesOrInCamelCaseNamesFolderClassAndPackage(String typed, String name, String className, String packageName) {
        assertThat(NewScenario.named(typed)).isEqualTo(new NewScenario(name, className, packageName));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-", "a--b", "a-", "-a", "1st", "../up", "a/b", "a.b", "käse", "a_b", "a b", "--folder"})
    void whatIsNoNameIsRefusedWithARule(String typed) {
        assertThatThrownBy(() -> NewScenario.named(typed)).isInstanceOf(UsageException.class)
                .hasMessageContaining("'" + typed + "'").hasMessageContaining("such as bounded-buffer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"class", "goto", "new", "java", "true"})
    void whatIsNoPackageIsRefused(String typed) {
        assertThatThrownBy(() -> NewScenario.named(typed)).isInstanceOf(UsageException.class)
                .hasMessageContaining("does not allow a package").hasMessageContaining(typed + "-scenario");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lock", "queue", "Process", "procession", "string", "override", "array-list", "history", "test-run", "report", "test"})
    void aClassThatWouldHideOneThatItUsesIsRefused(String typed) {
        assertThatThrownBy(() -> NewScenario.named(typed)).isInstanceOf(UsageException.class)
                .hasMessageContaining("would hide").hasMessageContaining("-scenario");
    }

    @Test
    void nothingIsLeftUnfilled() {
        var files = NewScenario.named("bounded-buffer").files("1.2.3");

        assertThat(files).extracting(NewScenario.File::path).containsExactly("pom.xml",
                "src/main/java/boundedbuffer/BoundedBuffer.java", "src/test/java/boundedbuffer/BoundedBufferTest.java");
        assertThat(files).noneMatch(file -> Pattern.compile("@(name|Class|package|version)@").matcher(file.text()).find());
        assertThat(files.getFirst().text()).contains("<version>1.2.3</version>");
    }

    @Test
    void itsBuildUsesTheSameVersionsAsOurs() throws Exception {
        var ours = Files.readString(Path.of("pom.xml"));
        var its = NewScenario.named("bounded-buffer").files("1.2.3").getFirst().text();

        assertThat(versionOf("junit-jupiter", its)).isEqualTo(first("<junit.version>([^<]+)<", ours));
        for (var plugin : new String[] {"maven-toolchains-plugin", "maven-resources-plugin", "maven-compiler-plugin", "maven-surefire-plugin"}) {
            assertThat(versionOf(plugin, its)).as(plugin).isEqualTo(versionOf(plugin, ours));
        }
    }

    private static String versionOf(String artifact, String pom) {
        return first("<artifactId>" + artifact + "</artifactId>\\s*<version>([^<]+)<", pom);
    }

    private static String first(String pattern, String text) {
        var matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }
}
