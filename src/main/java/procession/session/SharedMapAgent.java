package procession.session;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import java.util.Optional;
import procession.SharedMap;
import procession.core.Command;
import procession.core.Payload;
import procession.core.Reply;

/** A map as an actor. */
final class SharedMapAgent extends Agent<SharedMap.Command, SharedMap.Reply> {

    SharedMapAgent(ActorContext<Object> context, Handle handle) {
        super(context, handle, SharedMap.Command.class);
    }

    @Override
    ActorRef<SharedMap.Reply> asker(SharedMap.Command command) {
        return switch (command) {
            case SharedMap.Get get -> get.replyTo();
            case SharedMap.Put put -> put.replyTo();
            case SharedMap.Remove remove -> remove.replyTo();
            case SharedMap.CompareAndSet compare -> compare.replyTo();
            case SharedMap.AwaitChange await -> await.replyTo();
            case SharedMap.Size size -> size.replyTo();
        };
    }

    @Override
    void begin(SharedMap.Command command) {
        switch (command) {
            case SharedMap.Get get -> operate(get.replyTo(), new Command.ReadValue(key(get.key())), FOR_EVER, this::told);
            case SharedMap.Put put -> write(put.replyTo(), put.key(), put.value(), Command.WriteValue.ANY);
            case SharedMap.Remove remove -> operate(remove.replyTo(),
                    new Command.WriteValue(key(remove.key()), Payload.NONE, Command.WriteValue.ANY, true), FOR_EVER, this::told);
            case SharedMap.CompareAndSet compare ->
                    write(compare.replyTo(), compare.key(), compare.next(), checkedVersion(compare.version()));
            case SharedMap.AwaitChange await -> operate(await.replyTo(),
                    new Command.AwaitValue(key(await.key()), checkedVersion(await.version())), await.timeout(), this::told);
            case SharedMap.Size size -> look(size.replyTo(), "size", count -> new SharedMap.Count(count.intValue()));
        }
    }

    private Payload key(Object key) {
        return handle.home.encodeKey(key);
    }

    private void write(ActorRef<SharedMap.Reply> asker, Object key, Object value, long expected) {
        if (value == null) {
            throw new IllegalArgumentException("A value of a map is not null; take the key out instead.");
        }
        operate(asker, new Command.WriteValue(key(key), encoded(value), expected, false), FOR_EVER, this::told);
    }

    private SharedMap.Reply told(Reply reply) {
        return switch (reply) {
            case Reply.Value(var version, var payload) when version == 0 -> new SharedMap.Value(Optional.empty(), 0);
            case Reply.Value(var version, var payload) -> new SharedMap.Value(Optional.of(handle.home.decode(payload)), version);
            default -> new SharedMap.Stored(((Reply.Stored) reply).version());
        };
    }

    @Override
    SharedMap.Reply timedOut(String message) {
        return new SharedMap.TimedOut();
    }

    @Override
    SharedMap.Reply refused(String code, String message) {
        return new SharedMap.Refused(code, message);
    }
}
