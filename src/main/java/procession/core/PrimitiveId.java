package procession.core;

/**
 * Names a primitive within its run.
 *
 * @param maker number of the owner whose session made it; 0 for one found by its name
 * @param number its number among those
 */
public record PrimitiveId(long maker, long number) {

    @Override
    public String toString() {
        return maker + "." + number;
    }
}
