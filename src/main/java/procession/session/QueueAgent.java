package procession.session;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import procession.Queue;
import procession.core.Answered;
import procession.core.Command;
import procession.core.Reply;
import procession.core.Request;
import procession.core.Spec;

/** A queue as an actor. */
final class QueueAgent extends Agent<Queue.Command, Queue.Reply> {

    QueueAgent(ActorContext<Object> context, Handle queue) {
        super(context, queue, Queue.Command.class);
    }

    @Override
    ActorRef<Queue.Reply> asker(Queue.Command command) {
        return switch (command) {
            case Queue.Put put -> put.replyTo();
            case Queue.Get get -> get.replyTo();
            case Queue.TaskDone done -> done.replyTo();
            case Queue.Join join -> join.replyTo();
            case Queue.Size size -> size.replyTo();
            case Queue.ShutDown shutDown -> shutDown.replyTo();
        };
    }

    @Override
    void begin(Queue.Command command) {
        switch (command) {
            case Queue.Put put -> operate(put.replyTo(), new Command.Put(encoded(put.item())), put.timeout(),
                    reply -> new Queue.Accepted());
            case Queue.Get get -> operated(get.replyTo(), new Command.Get(), get.timeout(), this::got);
            case Queue.TaskDone done -> operate(done.replyTo(), new Command.TaskDone(done.delivery()), FOR_EVER,
                    reply -> new Queue.Done());
            case Queue.Join join -> operate(join.replyTo(), new Command.JoinQueue(), join.timeout(), reply -> new Queue.Done());
            case Queue.Size size -> look(size.replyTo(), "size", items -> new Queue.Depth(items.intValue()));
            case Queue.ShutDown shutDown -> operate(shutDown.replyTo(), new Command.ShutDown(), FOR_EVER, reply -> new Queue.Done());
        }
    }

    private Queue.Reply got(Answered answered) {
        return answered.reply() instanceof Reply.Item item
                ? new Queue.Item(handle.home.decode(item.payload()), answered.request(), item.redelivered())
                : new Queue.Ended();
    }

    /**
     * The item came in the moment its asker stopped, and its receipt was confirmed already. Rather out of its turn than lost: it is put
     * again. An item of a joinable queue stays unfinished with this process, as one does whose asker stops before it says done.
     */
    @Override
    void untold(Request asked, Reply reply) {
        if (reply instanceof Reply.Item(var payload, var redelivered) && !((Spec.Queue) handle.spec()).joinable()) {
            quietly(new Command.Put(payload));
            handle.home.letGo(payload);
        }
    }

    @Override
    Queue.Reply timedOut(String message) {
        return new Queue.TimedOut(message);
    }

    @Override
    Queue.Reply refused(String code, String message) {
        return new Queue.Refused(code, message);
    }
}
