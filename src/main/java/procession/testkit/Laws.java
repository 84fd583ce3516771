package procession.testkit;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import procession.record.Violation;

/** Says which laws were broken. */
final class Laws {

    private Laws() {}

    static String broken(List<Violation> violations) {
        return violations.size() + (violations.size() == 1 ? " is" : " are") + " broken.\n"
                + violations.stream().map(Laws::words).collect(Collectors.joining("\n"));
    }

    private static String words(Violation violation) {
        return Stream.concat(Stream.of("BROKEN: " + violation.law() + ". " + violation.how(),
                        "  What should hold: " + violation.sentence()),
                violation.lines().stream().map(line -> "  line " + line.place() + ": " + line.words())).collect(Collectors.joining("\n"));
    }
}
