package procession.session;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import java.time.Duration;
import java.util.Optional;
import procession.Barrier;
import procession.core.Command;
import procession.core.Refusals;
import procession.core.Reply;
import procession.core.Sent;
import procession.core.Spec;

/** A barrier as an actor. */
final class BarrierAgent extends Agent<Barrier.Command, Barrier.Reply> {

    BarrierAgent(ActorContext<Object> context, Handle barrier) {
        super(context, barrier, Barrier.Command.class);
    }

    @Override
    ActorRef<Barrier.Reply> asker(Barrier.Command command) {
        return switch (command) {
            case Barrier.Await await -> await.replyTo();
            case Barrier.Abort abort -> abort.replyTo();
            case Barrier.Reset reset -> reset.replyTo();
        };
    }

    @Override
    void begin(Barrier.Command command) {
        switch (command) {
            case Barrier.Await await -> operate(await.replyTo(), new Command.AwaitBarrier(false), await.timeout().or(this::own),
                    reply -> new Barrier.Passed(((Reply.Passed) reply).index()));
            case Barrier.Abort abort -> operate(abort.replyTo(), new Command.AbortBarrier(""), FOR_EVER, reply -> new Barrier.Done());
            case Barrier.Reset reset -> operate(reset.replyTo(), new Command.ResetBarrier(""), FOR_EVER, reply -> new Barrier.Done());
        }
    }

    private Optional<Duration> own() {
        long timeout = ((Spec.Barrier) handle.spec()).timeout();
        return timeout == Sent.FOR_EVER ? FOR_EVER : Optional.of(Duration.ofNanos(timeout));
    }

    @Override
    Barrier.Reply timedOut(String message) {
        return new Barrier.Broken(message);
    }

    @Override
    Barrier.Reply refused(String code, String message) {
        return code.equals(Refusals.BROKEN_BARRIER) ? new Barrier.Broken(message) : new Barrier.Refused(code, message);
    }
}
