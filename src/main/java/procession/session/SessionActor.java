package procession.session;

import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.actor.typed.ActorRef;
import java.time.Duration;
import procession.core.Hello;
import procession.wire.ToKeeper;
import procession.wire.ToSession;

/**
 * The receiving half of a session: what the keeper watches, and where its answers arrive. It says hello until it is welcomed. It lives
 * as long as its process; when it fails, the process must not go on.
 */
public final class SessionActor extends AbstractBehavior<ToSession> {

    /** Time to look after the link. */
    public record Tick() implements ToSession {}

    private record HelloAgain() implements ToSession {}

    private static final Duration HELLO_EVERY = Duration.ofMillis(250);

    private final Session session;
    private final Hello hello;
    private final ActorRef<ToKeeper> keeper;
    private final TimerScheduler<ToSession> timers;
    private final Runnable turnedAway;

    private SessionActor(ActorContext<ToSession> context, TimerScheduler<ToSession> timers, Session session, Hello hello,
            ActorRef<ToKeeper> keeper, Runnable turnedAway) {
        super(context);
        this.timers = timers;
        this.session = session;
        this.hello = hello;
        this.keeper = keeper;
        this.turnedAway = turnedAway;
        sayHello();
    }

    /**
     * The behavior.
     *
     * @param session the session it receives for
     * @param hello what it says to the keeper
     * @param keeper the keeper
     * @param turnedAway run when the keeper does not accept this process, or the actor has failed
     * @return the behavior
     */
    public static Behavior<ToSession> create(Session session, Hello hello, ActorRef<ToKeeper> keeper, Runnable turnedAway) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new SessionActor(context, timers, session, hello, keeper, turnedAway)));
    }

    @Override
    public Receive<ToSession> createReceive() {
        return newReceiveBuilder()
                .onMessage(ToSession.Downward.class, this::downward)
                .onMessage(ToSession.Welcomed.class, this::welcomed)
                .onMessage(ToSession.TurnedAway.class, away -> turnAway())
                .onMessage(Tick.class, tick -> tick())
                .onMessage(HelloAgain.class, again -> sayHello())
                .onSignal(PostStop.class, stop -> turnAway())
                .build();
    }

    private Behavior<ToSession> sayHello() {
        keeper.tell(new ToKeeper.SayHello(hello, getContext().getSelf()));
        timers.startSingleTimer(new HelloAgain(), HELLO_EVERY);
        return this;
    }

    private Behavior<ToSession> welcomed(ToSession.Welcomed welcomed) {
        timers.cancelAll();
        session.welcomed(welcomed.owner());
        return this;
    }

    private Behavior<ToSession> downward(ToSession.Downward downward) {
        session.receive(downward.frame());
        return this;
    }

    private Behavior<ToSession> tick() {
        session.tick();
        return this;
    }

    private Behavior<ToSession> turnAway() {
        turnedAway.run();
        return this;
    }
}
