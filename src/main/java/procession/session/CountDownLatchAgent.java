package procession.session;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import procession.CountDownLatch;
import procession.core.Command;

/** A latch as an actor. */
final class CountDownLatchAgent extends Agent<CountDownLatch.Command, CountDownLatch.Reply> {

    CountDownLatchAgent(ActorContext<Object> context, Handle latch) {
        super(context, latch, CountDownLatch.Command.class);
    }

    @Override
    ActorRef<CountDownLatch.Reply> asker(CountDownLatch.Command command) {
        return switch (command) {
            case CountDownLatch.CountDown down -> down.replyTo();
            case CountDownLatch.GetCount get -> get.replyTo();
            case CountDownLatch.Await await -> await.replyTo();
        };
    }

    @Override
    void begin(CountDownLatch.Command command) {
        switch (command) {
            case CountDownLatch.CountDown down -> operate(down.replyTo(), CountDownLatchHandle.counting(down.by()), FOR_EVER,
                    reply -> new CountDownLatch.CountedDown());
            case CountDownLatch.GetCount get -> look(get.replyTo(), "count", count -> new CountDownLatch.Count(count.intValue()));
            case CountDownLatch.Await await -> operate(await.replyTo(), new Command.AwaitLatch(), await.timeout(),
                    reply -> new CountDownLatch.Count(0));
        }
    }

    @Override
    CountDownLatch.Reply timedOut(String message) {
        return new CountDownLatch.TimedOut(message);
    }

    @Override
    CountDownLatch.Reply refused(String code, String message) {
        return new CountDownLatch.Refused(code, message);
    }
}
