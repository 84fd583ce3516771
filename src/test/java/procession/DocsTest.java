package procession;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages for people: what they point to is there, and what must be complete is. */
class DocsTest {

    private static final Pattern LINK = Pattern.compile("(?:]\\(|src(?:set)?=\")(?!https?:)([^)\\s\"#]*)(?:#([^)\\s\"]*))?");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    static Stream<Path> pages() throws IOException {
        try (var docs = Files.list(Path.of("docs"))) {
            return Stream.concat(Stream.of(Path.of("README.md")),
                    docs.filter(page -> page.toString().endsWith(".md")).sorted().toList().stream());
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    @DisplayName("every link of a page within this project leads to a file that is there, and to a heading that is in it")
    void everyLinkLeadsSomewhere(Path page) throws IOException {
        var dead = new ArrayList<String>();
        for (var link : LINK.matcher(Files.readString(page)).results().toList()) {
            if (!leadsSomewhere(page, link)) {
                dead.add(link.group());
            }
        }

        assertThat(dead).as("dead links of " + page).isEmpty();
    }

    private static boolean leadsSomewhere(Path page, MatchResult link) throws IOException {
        var target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1)).normalize();
        return Files.exists(target) && (link.group(2) == null || anchors(target).contains(link.group(2)));
    }

    /** As code hosts make them of headings. */
    private static List<String> anchors(Path page) throws IOException {
        return HEADING.matcher(Files.readString(page)).results()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", "").replace(' ', '-')).toList();
    }

    @Test
    @DisplayName("docs/settings.md names every setting of reference.conf")
    void everySettingIsListed() throws IOException {
        var page = Files.readString(Path.of("docs", "settings.md"));

        var settings = ConfigFactory.defaultReferenceUnresolved().getConfig("procession").withoutPath("akka").withoutPath("config")
                .entrySet().stream().map(setting -> "procession." + setting.getKey()).toList();

        assertThat(settings).hasSizeGreaterThan(20).allMatch(key -> page.contains("`" + key + "`"));
    }
}
