package procession.node;

import java.util.OptionalInt;
import procession.SettingsException;

/**
 * Whether and how the run can be watched.
 *
 * @param port on which port its page is; empty for no page, 0 for any port
 * @param stays whether the page stays when the run has ended
 * @param size how many changes are kept
 */
record ViewSettings(OptionalInt port, boolean stays, int size) {

    private static final int MOST_PORTS = 65_535;

    /** Reads a port that may be left empty. */
    static OptionalInt port(String text) {
        if (text.isBlank()) {
            return OptionalInt.empty();
        }
        try {
            int port = Integer.parseInt(text.strip());
            if (port >= 0 && port <= MOST_PORTS) {
                return OptionalInt.of(port);
            }
        } catch (NumberFormatException none) {
            // Refused below, as one out of range is.
        }
        throw new SettingsException("procession.view.port is '" + text + "'; it is a number from 0 (any free port) to 65535, or empty for"
                + " no page.");
    }
}
