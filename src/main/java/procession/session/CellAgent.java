package procession.session;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import procession.Cell;
import procession.core.Command;
import procession.core.Payload;
import procession.core.Reply;

/** A cell as an actor. */
final class CellAgent extends Agent<Cell.Command, Cell.Reply> {

    CellAgent(ActorContext<Object> context, Handle handle) {
        super(context, handle, Cell.Command.class);
    }

    @Override
    ActorRef<Cell.Reply> asker(Cell.Command command) {
        return switch (command) {
            case Cell.Get get -> get.replyTo();
            case Cell.Set set -> set.replyTo();
            case Cell.CompareAndSet compare -> compare.replyTo();
            case Cell.AwaitChange await -> await.replyTo();
        };
    }

    @Override
    void begin(Cell.Command command) {
        switch (command) {
            case Cell.Get get -> operate(get.replyTo(), new Command.ReadValue(CellHandle.KEY), FOR_EVER, this::told);
            case Cell.Set set -> write(set.replyTo(), encoded(set.value()), Command.WriteValue.ANY);
            case Cell.CompareAndSet compare -> write(compare.replyTo(), encoded(compare.next()), checkedVersion(compare.version()));
            case Cell.AwaitChange await -> operate(await.replyTo(),
                    new Command.AwaitValue(CellHandle.KEY, checkedVersion(await.version())), await.timeout(), this::told);
        }
    }

    private void write(ActorRef<Cell.Reply> asker, Payload value, long expected) {
        operate(asker, new Command.WriteValue(CellHandle.KEY, value, expected, false), FOR_EVER, this::told);
    }

    private Cell.Reply told(Reply reply) {
        return reply instanceof Reply.Value(var version, var payload) ? new Cell.Value(handle.home.decode(payload), version)
                : new Cell.Stored(((Reply.Stored) reply).version());
    }

    @Override
    Cell.Reply timedOut(String message) {
        return new Cell.TimedOut();
    }

    @Override
    Cell.Reply refused(String code, String message) {
        return new Cell.Refused(code, message);
    }
}
