package procession.wire;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Extension;
import akka.actor.typed.ExtensionId;
import procession.core.Payload;

/** Where a node's serializers find how users' values are written: one per actor system, as a JVM may have one run after another. */
public final class Items implements Extension {

    /** Turns values into payloads and back. */
    public interface Port {
        /**
         * Encodes a value.
         *
         * @param value the value, or null
         * @return its payload
         */
        Payload encode(Object value);

        /**
         * Encodes a key of a map.
         *
         * @param key the key
         * @return its payload
         * @throws IllegalArgumentException if it is no possible key
         */
        Payload encodeKey(Object key);

        /**
         * Decodes a payload that has come past the keeper: the handles in it are no copies of their own, and mean something as long as
         * somebody else's are there.
         *
         * @param payload the payload
         * @return the value, or null
         */
        Object borrow(Payload payload);
    }

    private static final ExtensionId<Items> ID = new ExtensionId<>() {
        @Override
        public Items createExtension(ActorSystem<?> system) {
            return new Items();
        }
    };

    private volatile Port port;

    private Items() {}

    /**
     * Of an actor system.
     *
     * @param system the actor system
     * @return how it writes users' values
     */
    public static Items of(ActorSystem<?> system) {
        return ID.apply(system);
    }

    /**
     * Says how values are written.
     *
     * @param values how
     */
    public void use(Port values) {
        port = values;
    }

    Port port() {
        if (port == null) {
            throw new IllegalStateException("This node has not been told how to write users' values.");
        }
        return port;
    }
}
