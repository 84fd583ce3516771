package procession.core;

import java.util.Optional;

/**
 * A handle inside a payload, told apart from its bytes, so that a keeper sees what travels without decoding anything.
 *
 * @param resource what it stands for
 * @param spec its kind and options, so that the receiver can make a handle
 * @param name its name, if it has one
 * @param condition which condition of the lock it stands for, if not for the lock
 */
public record Carried(Resource resource, Spec spec, Optional<String> name, Optional<String> condition) {

    /**
     * A handle on a whole primitive, or on an end of one.
     *
     * @param resource what it stands for
     * @param spec its kind and options
     * @param name its name, if it has one
     */
    public Carried(Resource resource, Spec spec, Optional<String> name) {
        this(resource, spec, name, Optional.empty());
    }

    /**
     * One of the lock's conditions.
     *
     * @param key its key
     * @return the handle on it
     */
    public Carried condition(String key) {
        return new Carried(resource, spec, name, Optional.of(key));
    }

    /**
     * About how many bytes it takes on the wire.
     *
     * @return the number of bytes, rather more than less
     */
    public int weight() {
        return 40 + 3 * (name.map(String::length).orElse(0) + condition.map(String::length).orElse(0));
    }
}
