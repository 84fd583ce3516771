package procession.session;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import java.util.Optional;
import procession.Counter;
import procession.core.Command;
import procession.core.Reply;

/** A counter as an actor. */
final class CounterAgent extends Agent<Counter.Command, Counter.Reply> {

    CounterAgent(ActorContext<Object> context, Handle handle) {
        super(context, handle, Counter.Command.class);
    }

    @Override
    ActorRef<Counter.Reply> asker(Counter.Command command) {
        return switch (command) {
            case Counter.Get get -> get.replyTo();
            case Counter.Set set -> set.replyTo();
            case Counter.Add add -> add.replyTo();
            case Counter.CompareAndSet compare -> compare.replyTo();
            case Counter.AwaitAtLeast await -> await.replyTo();
        };
    }

    @Override
    void begin(Counter.Command command) {
        switch (command) {
            case Counter.Get get -> look(get.replyTo(), "value", Counter.Value::new);
            case Counter.Set set -> operate(set.replyTo(), new Command.SetCounter(set.value(), Optional.empty()), FOR_EVER,
                    CounterAgent::value);
            case Counter.Add add -> operate(add.replyTo(), new Command.AddToCounter(add.delta()), FOR_EVER, CounterAgent::value);
            case Counter.CompareAndSet compare -> operate(compare.replyTo(),
                    new Command.SetCounter(compare.next(), Optional.of(compare.expected())), FOR_EVER,
                    reply -> new Counter.Compared(((Reply.Counted) reply).changed(), ((Reply.Counted) reply).value()));
            case Counter.AwaitAtLeast await -> operate(await.replyTo(), new Command.AwaitCounter(await.value()), await.timeout(),
                    CounterAgent::value);
        }
    }

    private static Counter.Reply value(Reply reply) {
        return new Counter.Value(((Reply.Counted) reply).value());
    }

    @Override
    Counter.Reply timedOut(String message) {
        return new Counter.TimedOut(message);
    }

    @Override
    Counter.Reply refused(String code, String message) {
        return new Counter.Refused(code, message);
    }
}
