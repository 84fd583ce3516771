package procession.session;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import procession.Event;
import procession.core.Command;

/** An event as an actor. */
final class EventAgent extends Agent<Event.Command, Event.Reply> {

    EventAgent(ActorContext<Object> context, Handle event) {
        super(context, event, Event.Command.class);
    }

    @Override
    ActorRef<Event.Reply> asker(Event.Command command) {
        return switch (command) {
            case Event.Set set -> set.replyTo();
            case Event.Clear clear -> clear.replyTo();
            case Event.IsSet isSet -> isSet.replyTo();
            case Event.Await await -> await.replyTo();
        };
    }

    @Override
    void begin(Event.Command command) {
        switch (command) {
            case Event.Set set -> operate(set.replyTo(), new Command.SetEvent(), FOR_EVER, reply -> new Event.Done());
            case Event.Clear clear -> operate(clear.replyTo(), new Command.ClearEvent(), FOR_EVER, reply -> new Event.Done());
            case Event.IsSet isSet -> look(isSet.replyTo(), "set", level -> new Event.Level(level == 1));
            case Event.Await await -> operate(await.replyTo(), new Command.AwaitEvent(), await.timeout(), reply -> new Event.Level(true));
        }
    }

    @Override
    Event.Reply timedOut(String message) {
        return new Event.TimedOut();
    }

    @Override
    Event.Reply refused(String code, String message) {
        return new Event.Refused(code, message);
    }
}
