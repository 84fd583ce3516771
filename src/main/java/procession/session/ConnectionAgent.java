package procession.session;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import procession.Connection;
import procession.core.Command;
import procession.core.Reply;

/** One copy of one end of a pipe as an actor. A message that comes in the moment its asker stops is gone, as one in its mailbox would be. */
final class ConnectionAgent extends Agent<Connection.Command, Connection.Reply> {

    private final ConnectionHandle copy;

    ConnectionAgent(ActorContext<Object> context, ConnectionHandle copy) {
        super(context, copy, Connection.Command.class);
        this.copy = copy;
    }

    @Override
    ActorRef<Connection.Reply> asker(Connection.Command command) {
        return switch (command) {
            case Connection.Send send -> send.replyTo();
            case Connection.Receive receive -> receive.replyTo();
        };
    }

    @Override
    void begin(Connection.Command command) {
        int end = copy.resource().end();
        switch (command) {
            case Connection.Command any when copy.isClosed() -> refuse(asker(any), AgentRefusals.CLOSED, closed());
            case Connection.Send send -> operate(send.replyTo(), new Command.Send(end, encoded(send.message())), send.timeout(),
                    reply -> new Connection.Accepted());
            case Connection.Receive receive -> operate(receive.replyTo(), new Command.Receive(end), receive.timeout(), this::received);
        }
    }

    private Connection.Reply received(Reply reply) {
        return reply instanceof Reply.EndOfStream
                ? new Connection.EndOfStream()
                : new Connection.Message(handle.home.decode(((Reply.Item) reply).payload()));
    }

    /** What is closed here is closed for actors elsewhere, too. */
    @Override
    void forward(Connection.Command command, ActorRef<Connection.Reply> asker) {
        if (copy.isClosed()) {
            refuse(asker, AgentRefusals.CLOSED, closed());
        } else {
            super.forward(command, asker);
        }
    }

    private String closed() {
        return Handle.capitalized(copy.label()) + " has been closed in the process of the reference.";
    }

    /** Closing withdraws what waits, which the keeper answers like a time-out. */
    @Override
    Connection.Reply timedOut(String message) {
        return copy.isClosed() ? refused(AgentRefusals.CLOSED, closed()) : new Connection.TimedOut(message);
    }

    @Override
    Connection.Reply refused(String code, String message) {
        return new Connection.Refused(code, message);
    }
}
