package procession.node;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The run's secret: the end of the name of its actor systems. A peer that does not know the name is not talked to. It stands behind
 * characters that say nothing, since names of threads, cut to 15, are shown to every user of the machine.
 */
final class Secret {

    private static final String HARMLESS = "procession-node-";
    private static final byte[] NEEDLE = HARMLESS.getBytes(StandardCharsets.US_ASCII);
    private static final int BYTES = 16;
    private static final Pattern NAME = Pattern.compile(HARMLESS + "[0-9a-f]{" + 2 * BYTES + "}");

    private Secret() {}

    /** A new name for actor systems. */
    static String systemName() {
        return HARMLESS + HexFormat.of().formatHex(random(BYTES));
    }

    static byte[] random(int length) {
        var bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    /** A line of output without the secret: references to actors, and Akka's own last words, contain it. */
    static byte[] redacted(byte[] line) {
        return contains(line) ? NAME.matcher(new String(line, StandardCharsets.UTF_8)).replaceAll(HARMLESS + "…")
                .getBytes(StandardCharsets.UTF_8) : line;
    }

    private static boolean contains(byte[] line) {
        for (int i = 0; i + NEEDLE.length <= line.length; i++) {
            if (line[i] == NEEDLE[0] && java.util.Arrays.equals(line, i, i + NEEDLE.length, NEEDLE, 0, NEEDLE.length)) {
                return true;
            }
        }
        return false;
    }
}
