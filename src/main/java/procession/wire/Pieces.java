package procession.wire;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.ActorSystem;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.time.Duration;
import java.util.Optional;
import procession.core.Payload;

/** What the messages of the families have in common: who is to be told, how long to wait, and users' values. */
final class Pieces {

    private final ActorSystem<?> system;

    Pieces(ActorSystem<?> system) {
        this.system = system;
    }

    void ref(Output out, ActorRef<?> ref) {
        Bytes.text(out, ActorRefResolver.get(system).toSerializationFormat(ref));
    }

    <T> ActorRef<T> ref(Input in) {
        return ActorRefResolver.get(system).resolveActorRef(Bytes.text(in));
    }

    static void timeout(Output out, Optional<Duration> timeout) {
        Bytes.optional(out, timeout, (o, duration) -> {
            o.writeLong(duration.getSeconds());
            o.writeInt(duration.getNano());
        });
    }

    static Optional<Duration> timeout(Input in) {
        return Bytes.optional(in, i -> Duration.ofSeconds(i.readLong(), i.readInt()));
    }

    /** Writes a user's value; one that has come from another node is encoded already. */
    void value(Output out, Object value) {
        CoreBytes.payload(out, value instanceof Payload payload ? payload : Items.of(system).port().encode(value));
    }

    /** Writes a key of a map; one that has come from another node is encoded already. */
    void key(Output out, Object key) {
        CoreBytes.payload(out, key instanceof Payload payload ? payload : Items.of(system).port().encodeKey(key));
    }

    /** A value that somebody gives, as the payload it is: only who gets it from the primitive needs to understand it. */
    static Object given(Input in) {
        return CoreBytes.payload(in);
    }

    /** A value that somebody is given. */
    Object got(Input in) {
        return Items.of(system).port().borrow(CoreBytes.payload(in));
    }
}
