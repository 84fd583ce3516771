package procession.wire;

import akka.actor.typed.ActorRef;
import procession.core.Frame;
import procession.core.Hello;
import procession.core.Owner;
import procession.core.Sent;

/** What the keeper's actor is told. The keeper adds messages to itself. */
public interface ToKeeper {

    /**
     * A process says hello; repeated until answered.
     *
     * @param hello what it says of itself
     * @param session its session, which is answered, and watched
     */
    record SayHello(Hello hello, ActorRef<ToSession> session) implements ToKeeper {}

    /**
     * A frame from a session.
     *
     * @param owner whose
     * @param frame the frame
     */
    record Upward(Owner owner, Frame<Sent> frame) implements ToKeeper {}
}
