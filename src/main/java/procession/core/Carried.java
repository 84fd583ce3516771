package procession.core;

import java.util.Optional;

/**
 * A handle inside a payload, told apart from its bytes, so that a keeper sees what travels without decoding anything.
 *
 * @param resource what it stands for
 * @param spec its kind and options, so that the receiver can make a handle
 * @param name its name, if it has one
 */
public record Carried(Resource resource, Spec spec, Optional<String> name) {

    /**
     * About how many bytes it takes on the wire.
     *
     * @return the number of bytes, rather more than less
     */
    public int weight() {
        return 40 + 3 * name.map(String::length).orElse(0);
    }
}
