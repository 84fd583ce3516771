package procession.testkit;

import java.util.Locale;
import java.util.Optional;
import procession.Primitive;
import procession.core.Happening;
import procession.core.PrimitiveId;
import procession.node.Runs;

/**
 * Something that is expected to happen, or not to: a kind of happening, and as much more of it as matters.
 *
 * <pre>{@code
 * that(GRANTED).to("worker").of(lock)
 * that(PROCESS_ENDED).to("worker").saying("killed by signal 9")
 * }</pre>
 */
public final class Expected {

    private final Happening.Kind kind;
    private final Optional<String> process;
    private final Optional<Primitive> primitive;
    private final String detail;

    private Expected(Happening.Kind kind, Optional<String> process, Optional<Primitive> primitive, String detail) {
        this.kind = kind;
        this.process = process;
        this.primitive = primitive;
        this.detail = detail;
    }

    /**
     * Anything of a kind.
     *
     * @param kind what
     * @return what is expected
     */
    public static Expected that(Happening.Kind kind) {
        return new Expected(kind, Optional.empty(), Optional.empty(), "");
    }

    /**
     * Only to one process: the one that ended, that asked, or that was granted or given something.
     *
     * @param process name of the process
     * @return what is expected
     */
    public Expected to(String process) {
        return new Expected(kind, Optional.of(process), primitive, detail);
    }

    /**
     * Only of one primitive.
     *
     * @param primitive a lock, a queue, or any other
     * @return what is expected
     */
    public Expected of(Primitive primitive) {
        return new Expected(kind, process, Optional.of(primitive), detail);
    }

    /**
     * Only if the happening's detail has a text in it.
     *
     * @param detail the text, such as {@code killed by signal 9}
     * @return what is expected
     */
    public Expected saying(String detail) {
        return new Expected(kind, process, primitive, detail);
    }

    boolean matches(Happening happening) {
        return happening.kind() == kind && process.map(happening.process()::equals).orElse(true)
                && id().map(id -> happening.primitive().equals(Optional.of(id))).orElse(true) && happening.detail().contains(detail);
    }

    private Optional<PrimitiveId> id() {
        return primitive.map(Runs::idOf);
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ') + primitive.map(what -> " of " + Label.of(what)).orElse("")
                + process.map(name -> " to " + name).orElse("") + (detail.isEmpty() ? "" : " ('" + detail + "')");
    }
}
