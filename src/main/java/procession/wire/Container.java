package procession.wire;

import com.esotericsoftware.kryo.Serializer;

/** Writes and reads something that has other values in it. */
abstract class Container<T> extends Serializer<T> {

    /**
     * Whether it exists before its content when read, so that the content may refer to it. What is made from its content, such as a
     * record, cannot be part of a cycle, and the sender is told.
     */
    abstract boolean existsFirst();
}
