package procession.core;

/**
 * One incarnation of a process, numbered by the keeper when it says hello, never reused.
 *
 * @param number 1 or more
 */
public record Owner(long number) implements Comparable<Owner> {

    @Override
    public int compareTo(Owner other) {
        return Long.compare(number, other.number);
    }
}
