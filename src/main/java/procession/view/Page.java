package procession.view;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The page on which a run is seen: one HTML document that fetches nothing but the changes of a live run. A report is the same document
 * with the changes in it.
 *
 * <p>Its policy (CSP) allows exactly the style and the script that are in it, by their digests; so nothing that a run is named after can
 * become either.
 */
final class Page {

    private static final List<String> SCRIPTS = List.of("model", "time", "paint", "pane", "lanes", "things", "panel", "tables", "app",
            "gestures", "controls", "start");

    private static final String DATA = "{{DATA}}";

    private final String document;
    private final String style;
    private final String script;

    /** Reads the page. */
    Page() {
        style = "\n" + text("page.css");
        script = "\n(() => {\n\"use strict\";\n" + SCRIPTS.stream().map(name -> text(name + ".js")).collect(Collectors.joining("\n"))
                + "})();\n";
        document = text("page.html").replace("{{STYLE}}", style).replace("{{SCRIPT}}", script);
    }

    /** The document for a run that goes on. */
    String live() {
        return document.replace("{{POLICY}}", policy("'self'")).replace(DATA, "");
    }

    /**
     * The policy of the live page, as a header of HTTP: what the document says itself, and that no other page may show it in a frame.
     *
     * @return the value of the header
     */
    String livePolicy() {
        return policy("'self'") + "; frame-ancestors 'none'";
    }

    private String policy(String connections) {
        return "default-src 'none'; script-src '" + digest(script) + "'; style-src '" + digest(style) + "'; img-src data:; connect-src "
                + connections + "; base-uri 'none'; form-action 'none'";
    }

    /**
     * Writes a report.
     *
     * @param changes as JSON, one object each
     * @param out where to; it stays open
     * @throws IOException if it cannot be written
     */
    void report(Iterator<String> changes, Appendable out) throws IOException {
        var whole = document.replace("{{POLICY}}", policy("'none'"));
        int place = whole.indexOf(DATA);
        out.append(whole, 0, place).append("<script type=\"application/json\" id=\"changes\">\n");
        while (changes.hasNext()) {
            out.append(embedded(changes.next())).append('\n');
        }
        out.append("</script>\n").append(whole, place + DATA.length(), whole.length());
    }

    /** In JSON a {@code <} is only within texts, and may be written otherwise there: then no text can end the script it is in. */
    static String embedded(String json) {
        return json.replace("<", "\\u003c");
    }

    private static String digest(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every JDK has SHA-256.", missing);
        }
    }

    private static String text(String name) {
        try (InputStream file = Page.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
