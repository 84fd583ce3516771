package procession.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page as a text: what is in it, and that what a run is named after stays data. */
class PageTest {

    private static final Pattern ADDRESS = Pattern.compile("(?:https?:)?//[\\w.-]+\\.[a-z]{2,}[^\\s\"']*");

    private final Page page = new Page();

    private String report(String... changes) throws IOException {
        var out = new StringBuilder();
        page.report(List.of(changes).iterator(), out);
        return out.toString();
    }

    private static String between(String text, String from, String to) {
        int begin = text.indexOf(from) + from.length();
        return text.substring(begin, text.indexOf(to, begin));
    }

    private static String digest(String text) throws Exception {
        var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    }

    @Test
    void itsPolicyAllowsItsOwnStyleAndScriptAndNoOther() throws Exception {
        var live = page.live();

        assertThat(between(live, "Content-Security-Policy\" content=\"", "\">"))
                .startsWith("default-src 'none'; ")
                .contains("script-src " + digest(between(live, "<script>", "</script>")) + ";",
                        "style-src " + digest(between(live, "<style>", "</style>")) + ";", "connect-src 'self'");
        assertThat(live).containsOnlyOnce("</script>");
    }

    @Test
    void itNamesNoOtherPlaceThanTheNamespaceOfItsPictures() {
        assertThat(ADDRESS.matcher(page.live()).results().map(found -> found.group())).containsOnly("http://www.w3.org/2000/svg");
    }

    @Test
    void aReportMayConnectToNothing() throws Exception {
        assertThat(report("{}")).contains("connect-src 'none'").doesNotContain("connect-src 'self'");
    }

    @Test
    void aNameInAReportCannotEndTheScriptThatItIsIn() throws Exception {
        var report = report("{\"c\":\"lane\",\"name\":\"</script><script>alert(1)</script><!--\"}");

        assertThat(between(report, "id=\"changes\">\n", "\n</script>"))
                .isEqualTo("{\"c\":\"lane\",\"name\":\"\\u003c/script>\\u003cscript>alert(1)\\u003c/script>\\u003c!--\"}");
        assertThat(report).doesNotContain("<script>alert");
    }

    @Test
    void whatLooksLikeAPlaceOfThePageInAReportIsLeftAlone() throws Exception {
        assertThat(report("{\"name\":\"{{SCRIPT}} {{DATA}} $1\"}")).contains("{\"name\":\"{{SCRIPT}} {{DATA}} $1\"}");
    }

    @Test
    void aReportHasEachChangeOnALineBeforeTheScriptThatReadsThem() throws Exception {
        var report = report("{\"a\":1}", "{\"b\":2}");

        assertThat(report).contains("<script type=\"application/json\" id=\"changes\">\n{\"a\":1}\n{\"b\":2}\n</script>\n<script>");
    }
}
