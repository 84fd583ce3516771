package procession.core;

import java.util.Optional;

/** A primitive that is kept: what it is, and its machine as it is now. */
final class Kept {

    final Spec spec;
    final Optional<String> name;
    Machine<?, ?> machine;

    Kept(Spec spec, Optional<String> name, Machine<?, ?> machine) {
        this.spec = spec;
        this.name = name;
        this.machine = machine;
    }

    /** What it is called in sentences. */
    String label(PrimitiveId id) {
        return spec.kind() + " " + name.map(given -> "'" + given + "'").orElse(id.toString());
    }
}
