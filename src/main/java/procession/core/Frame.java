package procession.core;

import java.util.List;

/**
 * What one end of a link tells the other in one go.
 *
 * @param acknowledged everything up to this number of the other's stream has arrived
 * @param sentBefore number of the last element of the own stream that came before this acknowledgement
 * @param first number of the first element; the others follow without a gap
 * @param elements elements of the own stream; empty for an acknowledgement only
 * @param <M> what the stream carries
 */
public record Frame<M>(long acknowledged, long sentBefore, long first, List<Element<M>> elements) {

    /** Copies the list. */
    public Frame {
        elements = List.copyOf(elements);
    }

    /**
     * One element of a stream.
     *
     * @param <M> what the stream carries
     */
    public sealed interface Element<M> {}

    /**
     * A message.
     *
     * @param message the message
     * @param fragmented whether the bytes of its bulk are the fragments before it
     * @param <M> what the stream carries
     */
    public record Whole<M>(M message, boolean fragmented) implements Element<M> {}

    /**
     * A part of the bytes of a message that is to come.
     *
     * @param bytes the part; not to be changed
     * @param <M> what the stream carries
     */
    public record Fragment<M>(byte[] bytes) implements Element<M> {
        @Override
        public boolean equals(Object other) {
            return other instanceof Fragment<?> f && java.util.Arrays.equals(bytes, f.bytes);
        }

        @Override
        public int hashCode() {
            return java.util.Arrays.hashCode(bytes);
        }
    }
}
