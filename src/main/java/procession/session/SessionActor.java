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
 * as long as its process takes part; when it fails, the process must not go on.
 */
public final class SessionActor extends AbstractBehavior<ToSession> {

    /** Time to look after the link. */
    public record Tick() implements ToSession {}

    /**
     * The process leaves the run. The keeper forgets it, and with it an answer that was lost on its way; but it turns away whoever
     * says hello after that. So hello is said until it does.
     */
    public record Leaving() implements ToSession {}

    private record HelloAgain() implements ToSession {}

    /** What becomes of the process. */
    @FunctionalInterface
    public interface Fate {
        /** The keeper does not accept this process, or not any more, or the actor has failed. */
        void turnedAway();

        /** The main process ends the run. A child need not know: its parent ends it. */
        default void runOver() {}
    }

    private static final Duration HELLO_EVERY = Duration.ofMillis(250);

    private final Session session;
    private final Hello hello;
    private final ActorRef<ToKeeper> keeper;
    private final TimerScheduler<ToSession> timers;
    private final Fate fate;
    private boolean leaving;

    private SessionActor(ActorContext<ToSession> context, TimerScheduler<ToSession> timers, Session session, Hello hello,
            ActorRef<ToKeeper> keeper, Fate fate) {
        super(context);
        this.timers = timers;
        this.session = session;
        this.hello = hello;
        this.keeper = keeper;
        this.fate = fate;
        sayHello();
    }

    /**
     * The behavior.
     *
     * @param session the session it receives for
     * @param hello what it says to the keeper
     * @param keeper the keeper
     * @param fate told of what becomes of this process
     * @return the behavior
     */
    public static Behavior<ToSession> create(Session session, Hello hello, ActorRef<ToKeeper> keeper, Fate fate) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new SessionActor(context, timers, session, hello, keeper, fate)));
    }

    @Override
    public Receive<ToSession> createReceive() {
        return newReceiveBuilder()
                .onMessage(ToSession.Downward.class, this::downward)
                .onMessage(ToSession.Welcomed.class, this::welcomed)
                .onMessage(ToSession.TurnedAway.class, away -> turnAway())
                .onMessage(ToSession.RunOver.class, over -> runOver())
                .onMessage(Leaving.class, leaves -> leave())
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
        if (!leaving) {
            timers.cancelAll();
        }
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
        fate.turnedAway();
        return this;
    }

    private Behavior<ToSession> runOver() {
        fate.runOver();
        return this;
    }

    private Behavior<ToSession> leave() {
        leaving = true;
        timers.startSingleTimer(new HelloAgain(), HELLO_EVERY);
        return this;
    }
}
