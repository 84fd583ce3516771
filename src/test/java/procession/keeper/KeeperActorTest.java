package procession.keeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import procession.core.Answered;
import procession.core.Frame;
import procession.core.Hello;
import procession.core.Keeper;
import procession.core.Link;
import procession.core.Owner;
import procession.core.Reply;
import procession.core.Request;
import procession.core.Rules;
import procession.core.Sent;
import procession.wire.ToKeeper;
import procession.wire.ToSession;

/** Processes that join, leave and die, as the keeper's actor sees them. */
class KeeperActorTest {

    private static final Hello MAIN = new Hello(0, 0, "MainProcess", 1, "");
    private static final Hello JOINED = new Hello(0, 4711, "Joined-2", 2, "");

    private static ActorTestKit kit;

    private final Set<Long> gone = ConcurrentHashMap.newKeySet();
    private final TestProbe<ToSession> main = kit.createTestProbe();
    private final TestProbe<ToSession> joined = kit.createTestProbe();
    private final ActorRef<ToKeeper> keeper = kit.spawn(KeeperActor.create(new Keeper(Rules.usual(1 << 20), null),
            (pid, token) -> gone.contains(pid), why -> fail("the keeper has failed", why)));

    @BeforeAll
    static void start() {
        kit = ActorTestKit.create();
    }

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    private Owner welcomed(Hello hello, TestProbe<ToSession> session) {
        keeper.tell(new ToKeeper.SayHello(hello, session.ref()));
        return session.expectMessageClass(ToSession.Welcomed.class).owner();
    }

    private void ask(Link<Sent, Answered> link, Owner owner, Request request) {
        link.send(new Sent(0, Sent.FOR_EVER, false, request));
        keeper.tell(new ToKeeper.Upward(owner, link.transmit(System.nanoTime()).orElseThrow()));
    }

    @Test
    void whoLeavesIsAnsweredAndTurnedAwayWhenItSaysHelloAgain() {
        var owner = welcomed(JOINED, joined);

        ask(new Link<>(), owner, new Request.Leave());

        var answer = joined.expectMessageClass(ToSession.Downward.class).frame().elements().getFirst();
        assertThat(answer).isInstanceOfSatisfying(Frame.Whole.class,
                whole -> assertThat(((Answered) whole.message()).reply()).isEqualTo(new Reply.Done()));
        keeper.tell(new ToKeeper.SayHello(JOINED, joined.ref()));
        joined.expectMessage(new ToSession.TurnedAway());
    }

    @Test
    void onlyThoseWhoHaveJoinedAreToldThatTheRunIsOver() {
        welcomed(MAIN, main);
        welcomed(JOINED, joined);
        var told = kit.<String>createTestProbe();

        keeper.tell(new KeeperActor.RunEnds(() -> told.ref().tell("told")));

        told.expectMessage("told");
        joined.expectMessage(new ToSession.RunOver());
        main.expectNoMessage();
    }

    @Test
    void whoseParentStandsStillIsSeenToEndAllTheSame() {
        welcomed(MAIN, main);
        var parent = welcomed(JOINED, joined);
        var parentsLink = new Link<Sent, Answered>();
        ask(parentsLink, parent, new Request.Spawn(1, "child", procession.core.Payload.NONE));
        var child = kit.<ToSession>createTestProbe();
        var hello = new Hello(parent.number(), 1, "child", 3, "");
        child.awaitAssert(() -> welcomed(hello, child));

        gone.add(3L);

        child.awaitAssert(() -> {
            keeper.tell(new ToKeeper.SayHello(hello, child.ref()));
            child.fishForMessage(java.time.Duration.ofMillis(200), message -> message instanceof ToSession.TurnedAway
                    ? akka.actor.testkit.typed.javadsl.FishingOutcomes.complete()
                    : akka.actor.testkit.typed.javadsl.FishingOutcomes.continueAndIgnore());
            return null;
        });
    }

    @Test
    void oneThatHasJoinedIsForgottenWhenTheSystemDoesNotKnowItAnyMore() {
        welcomed(JOINED, joined);

        gone.add(2L);

        joined.awaitAssert(() -> {
            keeper.tell(new ToKeeper.SayHello(JOINED, joined.ref()));
            joined.fishForMessage(java.time.Duration.ofMillis(200), message -> message instanceof ToSession.TurnedAway
                    ? akka.actor.testkit.typed.javadsl.FishingOutcomes.complete()
                    : akka.actor.testkit.typed.javadsl.FishingOutcomes.continueAndIgnore());
            return null;
        });
    }
}
