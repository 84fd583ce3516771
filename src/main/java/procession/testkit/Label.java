package procession.testkit;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import procession.Primitive;
import procession.node.Runs;

/** What things are called in messages to people. */
final class Label {

    private Label() {}

    /** Such as {@code lock 'tickets'}. */
    static String of(Primitive primitive) {
        var kind = Stream.of(primitive.getClass().getInterfaces()).map(Class::getSimpleName).findFirst().orElse("primitive")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        return kind + " " + primitive.name().map(name -> "'" + name + "'").orElseGet(() -> Runs.idOf(primitive).toString());
    }

    static String times(long count) {
        return count == 1 ? "once" : count == 2 ? "twice" : count + " times";
    }

    static String list(Stream<String> some) {
        return some.collect(Collectors.joining(", "));
    }
}
