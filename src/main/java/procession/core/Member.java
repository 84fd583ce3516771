package procession.core;

/**
 * A process that takes part.
 *
 * @param owner its number
 * @param hello what it said of itself
 */
public record Member(Owner owner, Hello hello) {

    /**
     * For people.
     *
     * @return name and pid
     */
    public String label() {
        return hello.name() + " (pid " + hello.pid() + ")";
    }
}
