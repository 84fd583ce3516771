package procession;

/**
 * The two ends of a pipe. Both are held by the process that made it; close the ones you do not use, or the other side never sees the
 * end of the stream.
 *
 * <p>In Python: the tuple that {@code multiprocessing.Pipe()} returns.
 *
 * @param first the end that receives, of a one-way pipe
 * @param second the end that sends, of a one-way pipe
 */
public record Pipe(Connection first, Connection second) implements AutoCloseable {

    /** Closes both ends of this process. */
    @Override
    public void close() {
        first.close();
        second.close();
    }
}
