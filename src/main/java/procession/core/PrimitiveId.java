package procession.core;

/**
 * Names a primitive within its run.
 *
 * @param maker number of the owner whose session made it; 0 for one found by its name
 * @param number its number among those
 */
public record PrimitiveId(long maker, long number) {

    // Written out, as it is the key to everything, and what the compiler makes for records is slow until it is compiled for good.

    @Override
    public boolean equals(Object other) {
        return other instanceof PrimitiveId id && id.number == number && id.maker == maker;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(31 * maker + number);
    }

    @Override
    public String toString() {
        return maker + "." + number;
    }
}
