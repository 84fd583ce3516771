package procession.keeper;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Down;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import procession.core.Keeper;
import procession.core.Look;
import procession.core.Member;
import procession.core.Owner;
import procession.wire.ToKeeper;
import procession.wire.ToSession;

/**
 * Hosts the {@link Keeper}: one turn takes one message in, lets the keeper work it out, and sends what is to go out. It is never
 * restarted: a keeper made anew would be a free lock.
 */
public final class KeeperActor extends AbstractOnMessageBehavior<ToKeeper> {

    /** How the keeper learns that a process it cannot wait for is gone. */
    @FunctionalInterface
    public interface Evidence {
        /**
         * Looks at the operating system.
         *
         * @param pid number of the process
         * @param startToken tells it from a later one of the same pid
         * @return whether it is certainly gone
         */
        boolean isGone(long pid, String startToken);
    }

    /** What others want to know of the keeper. */
    @FunctionalInterface
    public interface Observer {
        /**
         * The keeper has failed: nothing works any more.
         *
         * @param why the error
         */
        void failed(Throwable why);
    }

    private record Tick() implements ToKeeper {}

    private record LookAround() implements ToKeeper {}

    private record LookFurther() implements ToKeeper {}

    private record SessionLost(Owner owner, ActorRef<ToSession> session) implements ToKeeper {}

    /**
     * The run is about to end: processes that nobody else tells of it, since they have joined from outside, are told now.
     *
     * @param told run when that is under way
     */
    public record RunEnds(Runnable told) implements ToKeeper {}

    /**
     * Somebody wants to see what there is.
     *
     * @param seen told on the keeper's thread, or why it could not be seen: do nothing there but pass it on
     */
    public record TakeLook(CompletableFuture<Look> seen) implements ToKeeper {}

    /** The scheduler takes no timer of more than 248 days; one that comes early only looks again. */
    private static final long LONGEST_TIMER = Duration.ofHours(1).toNanos();
    private static final Logger LOG = LoggerFactory.getLogger("procession.keeper");
    private static final String UNSEEN = "ended unseen";
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final Duration LOOK_FURTHER_EVERY = Duration.ofMillis(500);
    private static final Duration LEFT_BY_THEN = Duration.ofSeconds(2);

    private final Keeper keeper;
    private final Evidence evidence;
    private final Observer observer;
    private final TimerScheduler<ToKeeper> timers;
    private final Map<Owner, ActorRef<ToSession>> sessions = new HashMap<>();
    private final Set<Owner> lost = new HashSet<>();
    private final Set<Owner> unreported = new HashSet<>();
    private long tickAt = Long.MAX_VALUE;

    private KeeperActor(ActorContext<ToKeeper> context, TimerScheduler<ToKeeper> timers, Keeper keeper, Evidence evidence,
            Observer observer) {
        super(context);
        this.timers = timers;
        this.keeper = keeper;
        this.evidence = evidence;
        this.observer = observer;
    }

    /**
     * The behavior.
     *
     * @param keeper the keeper to host
     * @param evidence where to look when a parent cannot tell
     * @param observer told of what others want to know
     * @return the behavior
     */
    public static Behavior<ToKeeper> create(Keeper keeper, Evidence evidence, Observer observer) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new KeeperActor(context, timers, keeper, evidence, observer)));
    }

    @Override
    public Behavior<ToKeeper> onMessage(ToKeeper message) {
        try {
            return switch (message) {
                case ToKeeper.Upward upward -> upward(upward);
                case ToKeeper.SayHello hello -> hello(hello);
                case Tick tick -> tick();
                case LookAround look -> lookAround();
                case LookFurther further -> lookFurther();
                case SessionLost lost -> sessionLost(lost);
                case RunEnds ends -> runEnds(ends);
                case TakeLook look -> takeLook(look);
                default -> Behaviors.unhandled();
            };
        } catch (RuntimeException | Error broken) {
            observer.failed(broken);
            throw broken;
        }
    }

    private Behavior<ToKeeper> upward(ToKeeper.Upward upward) {
        keeper.receive(upward.owner(), upward.frame(), System.nanoTime());
        return turnEnds();
    }

    private Behavior<ToKeeper> hello(ToKeeper.SayHello said) {
        switch (keeper.hello(said.hello(), System.nanoTime())) {
            case WELCOME -> welcome(said);
            case GONE -> said.session().tell(new ToSession.TurnedAway());
            case UNKNOWN -> { } // Its parent's announcement is on the way; it will say hello again.
        }
        return turnEnds();
    }

    private void welcome(ToKeeper.SayHello said) {
        var member = keeper.find(said.hello()).orElseThrow();
        if (sessions.put(member.owner(), said.session()) == null) {
            getContext().watchWith(said.session(), new SessionLost(member.owner(), said.session()));
            if (!timers.isTimerActive(LookFurther.class) && keeper.distant().contains(member)) {
                timers.startTimerWithFixedDelay(LookFurther.class, new LookFurther(), LOOK_FURTHER_EVERY);
            }
        }
        said.session().tell(new ToSession.Welcomed(member.owner()));
    }

    private Behavior<ToKeeper> tick() {
        tickAt = Long.MAX_VALUE;
        keeper.tick(System.nanoTime());
        return turnEnds();
    }

    /** A lost session is a reason to look, never evidence: its process may be stopped, and wake. That of one that left is expected. */
    private Behavior<ToKeeper> sessionLost(SessionLost message) {
        if (sessions.containsKey(message.owner())) {
            lost.add(message.owner());
        } else {
            down(message.session());
        }
        return turnEnds();
    }

    private Behavior<ToKeeper> runEnds(RunEnds ends) {
        keeper.unattended().forEach(member -> sessions.get(member.owner()).tell(new ToSession.RunOver()));
        ends.told().run();
        return this;
    }

    /** Who only looks must not end the run, whatever comes of it. */
    private Behavior<ToKeeper> takeLook(TakeLook look) {
        try {
            look.seen().complete(keeper.look(System.nanoTime()));
        } catch (RuntimeException failed) {
            LOG.warn("The keeper could not be looked at: {}", failed.toString());
            look.seen().completeExceptionally(failed);
        }
        return this;
    }

    private Behavior<ToKeeper> lookAround() {
        for (var member : toLookAt()) {
            if (evidence.isGone(member.hello().pid(), member.hello().startToken())) {
                keeper.gone(member.owner(), UNSEEN, System.nanoTime());
            }
        }
        return turnEnds();
    }

    /**
     * A parent tells how its child ended, and within milliseconds, unless it stands still. So one that was gone at the last look, and
     * that nobody has told of until this one, has a parent that cannot tell.
     */
    private Behavior<ToKeeper> lookFurther() {
        var distant = keeper.distant();
        if (distant.isEmpty()) {
            timers.cancel(LookFurther.class);
        }
        var gone = distant.stream().filter(member -> evidence.isGone(member.hello().pid(), member.hello().startToken()))
                .map(Member::owner).toList();
        gone.stream().filter(unreported::contains).forEach(owner -> keeper.gone(owner, UNSEEN, System.nanoTime()));
        unreported.clear();
        unreported.addAll(gone);
        return turnEnds();
    }

    private List<Member> toLookAt() {
        return lost.isEmpty() ? List.copyOf(keeper.unattended()) : keeper.members().stream()
                .filter(member -> lost.contains(member.owner()) || keeper.unattended().contains(member)).toList();
    }

    private Behavior<ToKeeper> turnEnds() {
        long now = System.nanoTime();
        keeper.transmit((to, frame) -> sessions.get(to).tell(new ToSession.Downward(frame)), now);
        keeper.takeDeparted().forEach(this::bury);
        keeper.takeAlarms().forEach(LOG::warn);
        long next = keeper.nextTick();
        if (next < tickAt) {
            tickAt = next;
            timers.startSingleTimer(Tick.class, new Tick(), Duration.ofNanos(Math.clamp(next - now, 0, LONGEST_TIMER)));
        }
        if (lost.isEmpty() && !keeper.hasUnattended()) {
            timers.cancel(LookAround.class);
        } else if (!timers.isTimerActive(LookAround.class)) {
            timers.startTimerWithFixedDelay(LookAround.class, new LookAround(), LOOK_EVERY);
        }
        return this;
    }

    /**
     * One that has left is alive, and may have to hear once more that it was let go: a node that is down hears nothing. So it is
     * downed when its node has ended, or, if nobody hears of that, a while later.
     */
    private void bury(Member member) {
        lost.remove(member.owner());
        var session = sessions.remove(member.owner());
        if (session == null) {
            return;
        }
        if (hasLeft(member)) {
            timers.startSingleTimer(member.owner(), new SessionLost(member.owner(), session), LEFT_BY_THEN);
        } else {
            getContext().unwatch(session);
            down(session);
        }
    }

    private boolean hasLeft(Member member) {
        return member.hello().isJoining() && !evidence.isGone(member.hello().pid(), member.hello().startToken());
    }

    /** A dead node blocks the cluster's convergence until it is downed, so say at once what is certain. */
    private void down(ActorRef<ToSession> session) {
        var address = session.path().address();
        if (address.hasGlobalScope()) {
            Cluster.get(getContext().getSystem()).manager().tell(new Down(address));
        }
    }
}
