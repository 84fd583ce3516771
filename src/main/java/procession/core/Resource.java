package procession.core;

/**
 * What a handle stands for, and what copies are counted of: a primitive, or one end of a pipe.
 *
 * @param primitive the primitive
 * @param end 1 or 2 for the ends of a pipe; 0 for everything else
 */
public record Resource(PrimitiveId primitive, int end) {

    /** Every primitive but a pipe. */
    public static final int WHOLE = 0;
}
