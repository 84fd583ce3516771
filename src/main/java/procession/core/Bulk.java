package procession.core;

/**
 * A message of a link that may carry much: its bytes are then cut into fragments.
 *
 * @param <M> the message's own type
 */
public interface Bulk<M> {

    /**
     * What may be much.
     *
     * @return the payload; {@link Payload#NONE} if there is none
     */
    Payload bulk();

    /**
     * About how many bytes it takes on the wire without the bytes of its bulk: what keeps frames below the transport's limit.
     *
     * @return the number of bytes, rather more than less
     */
    default int weight() {
        return 64 + bulk().weightOfHandles();
    }

    /**
     * The same message with another payload.
     *
     * @param payload the payload
     * @return the message
     */
    M withBulk(Payload payload);
}
