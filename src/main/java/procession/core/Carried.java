package procession.core;

import java.util.Optional;

/**
 * A handle inside a payload, told apart from its bytes, so that a keeper sees what travels without decoding anything.
 *
 * @param resource what it stands for
 * @param spec its kind and options, so that the receiver can make a handle
 * @param name its name, if it has one
 * @param aspect what of the primitive it stands for, if not for the whole: a condition of a lock, or {@link #UNOWNED} of a semaphore
 */
public record Carried(Resource resource, Spec spec, Optional<String> name, Optional<String> aspect) {

    /** A semaphore on which nothing is owed. */
    public static final String UNOWNED = "unowned";

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
     * The same primitive in another way.
     *
     * @param what a condition's key, or {@link #UNOWNED}
     * @return the handle on that
     */
    public Carried aspect(String what) {
        return new Carried(resource, spec, name, Optional.of(what));
    }

    /**
     * The primitive as a whole.
     *
     * @return the handle on it
     */
    public Carried whole() {
        return new Carried(resource, spec, name);
    }

    /**
     * About how many bytes it takes on the wire.
     *
     * @return the number of bytes, rather more than less
     */
    public int weight() {
        return 40 + 3 * (name.map(String::length).orElse(0) + aspect.map(String::length).orElse(0));
    }
}
