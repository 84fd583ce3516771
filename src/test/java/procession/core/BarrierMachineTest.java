package procession.core;

import static org.assertj.core.api.Assertions.assertThat;
import static procession.core.Stage.ANNA;
import static procession.core.Stage.BEN;
import static procession.core.Stage.CLEO;
import static procession.core.Stage.DORA;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import procession.Row;
import procession.core.Command.AbortBarrier;
import procession.core.Command.ActionEnded;
import procession.core.Command.AwaitBarrier;
import procession.core.Command.ForBarrier;
import procession.core.Command.ResetBarrier;

class BarrierMachineTest {

    private Stage<BarrierMachine, ForBarrier> barrier = Stage.of(new Spec.Barrier(3, Sent.FOR_EVER));

    private void given(int parties) {
        barrier = Stage.of(new Spec.Barrier(parties, Sent.FOR_EVER));
    }

    private Ticket comes(Owner owner) {
        return barrier.asks(owner, new AwaitBarrier(false));
    }

    private Ticket comesToAct(Owner owner) {
        return barrier.asks(owner, new AwaitBarrier(true));
    }

    private Ticket acted(Ticket last, String error) {
        return barrier.asks(last.owner(), new ActionEnded(last.id(), Optional.ofNullable(error)));
    }

    private Ticket acted(Ticket last) {
        return acted(last, null);
    }

    private Ticket aborts(Owner owner) {
        return barrier.asks(owner, new AbortBarrier("the operator"));
    }

    private Ticket resets(Owner owner) {
        return barrier.asks(owner, new ResetBarrier("the operator"));
    }

    private void passes(Owner... owners) {
        var round = Stream.of(owners).map(this::comes).toList();
        assertThat(round).allSatisfy(party -> assertThat(barrier.reply(party)).isInstanceOf(Reply.Passed.class));
    }

    private int index(Ticket party) {
        return ((Reply.Passed) barrier.reply(party)).index();
    }

    private String whyBroken(Ticket party) {
        assertThat(barrier.refusal(party)).isEqualTo(Refusals.BROKEN_BARRIER);
        return ((Reply.Refused) barrier.reply(party)).message();
    }

    private boolean isBroken() {
        return barrier.count("broken") == 1;
    }

    // Rounds.

    @Test
    @Row("BAR-14")
    void whileNotAllHaveComeEveryoneWaitsAndIsCounted() {
        var waiting = List.of(comes(ANNA), comes(BEN));

        assertThat(waiting).allMatch(barrier::waits);
        assertThat(barrier.view().waiting()).containsExactlyElementsOf(waiting);
        assertThat(barrier.count("parties")).isEqualTo(3);
        assertThat(isBroken()).isFalse();
    }

    @Test
    @Row({"BAR-02", "BAR-14"})
    void theLastToComeLetsAllGoEachWithTheNumberOfItsArrival() {
        var round = Stream.of(BEN, CLEO, ANNA).map(this::comes).toList();

        assertThat(round.stream().map(this::index)).containsExactly(0, 1, 2);
        assertThat(barrier.view().waiting()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 10})
    @Row("BAR-01")
    void roundFollowsRoundAndNobodyIsOneAhead(int parties) {
        given(parties);
        for (int round = 0; round < 1000; round++) {
            for (int i = 1; i < parties; i++) {
                assertThat(barrier.waits(comes(new Owner(10 + i)))).isTrue();
            }
            assertThat(index(comes(new Owner(10)))).isEqualTo(parties - 1);
        }
        barrier.everyLivingTicketIsAnswered();
    }

    @Test
    @Row("BAR-12")
    void ofOnePartyNobodyWaits() {
        given(1);

        assertThat(index(comes(ANNA))).isZero();
        assertThat(index(comes(ANNA))).isZero();
    }

    @Test
    void twoThreadsOfOneProcessAreTwoParties() {
        given(2);
        var first = barrier.asks(ANNA, 1, new AwaitBarrier(false));

        var second = barrier.asks(ANNA, 2, new AwaitBarrier(false));

        assertThat(List.of(index(first), index(second))).containsExactly(0, 1);
    }

    // The action.

    @Test
    @Row("BAR-03")
    void whoComesLastActsBeforeAnyoneLeaves() {
        var others = List.of(comes(ANNA), comes(BEN));

        var last = comesToAct(CLEO);
        assertThat(barrier.reply(last)).isEqualTo(new Reply.Act(2));
        assertThat(others).allMatch(barrier::waits);

        var ended = acted(last);
        assertThat(others.stream().map(this::index)).containsExactly(0, 1);
        assertThat(barrier.done(ended)).isTrue();
    }

    @Test
    @Row("BAR-03")
    void theActionOfWhoDoesNotComeLastDoesNotRun() {
        var others = List.of(comesToAct(ANNA), comesToAct(BEN));

        comes(CLEO);

        assertThat(others.stream().map(this::index)).containsExactly(0, 1);
        assertThat(barrier.count("acting")).isZero();
    }

    @Test
    @Row("BAR-04")
    void anActionThatFailsBreaksItForTheOthers() {
        var others = List.of(comes(ANNA), comes(BEN));

        acted(comesToAct(CLEO), "java.io.IOException: no coolant");

        assertThat(others.stream().map(this::whyBroken)).containsOnly(
                "The barrier is broken: the action of the last party failed with java.io.IOException: no coolant.");
        assertThat(isBroken()).isTrue();
    }

    @Test
    void whoComesWhileTheActionRunsIsOfTheNextRound() {
        given(2);
        var early = comes(ANNA);
        var last = comesToAct(BEN);
        var next = List.of(comes(CLEO), comes(DORA));
        assertThat(next).allMatch(barrier::waits);

        acted(last);

        assertThat(index(early)).isZero();
        assertThat(next.stream().map(this::index)).containsExactly(0, 1);
    }

    @Test
    void anActionThatEndsTwiceEndsOnce() {
        given(2);
        comes(ANNA);
        var last = comesToAct(BEN);
        acted(last);
        var next = comes(CLEO);
        var before = barrier.machine();

        var again = acted(last);

        assertThat(barrier.refusal(again)).isEqualTo(Refusals.BROKEN_BARRIER);
        assertThat(barrier.machine()).isSameAs(before);
        assertThat(barrier.waits(next)).isTrue();
    }

    @Test
    void whoeverLosesPatienceWhileTheActionRunsBreaksItAndTheOneThatActsIsToldAtTheEnd() {
        var impatient = comes(ANNA);
        var other = comes(BEN);
        var last = comesToAct(CLEO);

        barrier.expires(impatient);
        var ended = acted(last);

        assertThat(barrier.timedOut(impatient)).isTrue();
        assertThat(whyBroken(other)).isEqualTo("The barrier is broken: someone waited no longer.");
        assertThat(whyBroken(ended)).isEqualTo("The barrier is broken: someone waited no longer.");
    }

    @Test
    void anActionThatEndsAfterAResetIsOfNoRound() {
        var other = comes(ANNA);
        comes(BEN);
        var last = comesToAct(CLEO);
        resets(DORA);

        var ended = acted(last);

        assertThat(whyBroken(other)).contains("the operator reset it");
        assertThat(whyBroken(ended)).contains("it was reset before the action ended");
        passes(ANNA, BEN, CLEO);
    }

    // Abort and reset.

    @Test
    @Row("BAR-05")
    void anAbortByAnyoneBreaksItForAllWhoWait() {
        var waiting = List.of(comes(ANNA), comes(BEN));

        var abort = aborts(DORA);

        assertThat(waiting.stream().map(this::whyBroken)).containsOnly("The barrier is broken: the operator aborted it.");
        assertThat(barrier.done(abort)).isTrue();
        assertThat(isBroken()).isTrue();
        assertThat(barrier.view().waiting()).isEmpty();
    }

    @Test
    @Row("BAR-06")
    void whoComesToABrokenBarrierIsToldAtOnceWhyItIs() {
        aborts(ANNA);

        assertThat(whyBroken(comes(BEN))).contains("the operator aborted it");
        assertThat(whyBroken(comesToAct(CLEO))).contains("the operator aborted it");
    }

    @Test
    @Row("BAR-06")
    void toAbortABrokenBarrierChangesNothing() {
        comes(ANNA);
        barrier.departs(ANNA);
        var before = barrier.machine();

        var abort = aborts(BEN);

        assertThat(barrier.done(abort)).isTrue();
        assertThat(barrier.machine()).isSameAs(before);
    }

    @Test
    @Row("BAR-07")
    void aResetBreaksItForThoseWhoWaitAndForNobodyElse() {
        var waiting = List.of(comes(ANNA), comes(BEN));

        resets(DORA);

        assertThat(waiting.stream().map(this::whyBroken)).containsOnly("The barrier is broken: the operator reset it.");
        assertThat(isBroken()).isFalse();
        passes(ANNA, BEN, CLEO);
    }

    @Test
    @Row("BAR-08")
    void aBrokenBarrierIsWholeAfterAReset() {
        comes(ANNA);
        aborts(BEN);

        resets(BEN);

        assertThat(isBroken()).isFalse();
        passes(ANNA, BEN, CLEO);
    }

    // Time.

    @Test
    @Row({"BAR-09", "G30"})
    void whoseTimeIsOverBreaksItForAllAlsoForWhoComesLate() {
        var impatient = comes(ANNA);
        var patient = comes(BEN);

        barrier.expires(impatient);

        assertThat(barrier.timedOut(impatient)).isTrue();
        assertThat(whyBroken(patient)).isEqualTo("The barrier is broken: someone waited no longer.");
        assertThat(whyBroken(comes(CLEO))).contains("waited no longer");
    }

    @Test
    void anExpiryThatComesLateIsHarmless() {
        var early = comes(ANNA);
        comes(BEN);
        comes(CLEO);
        var before = barrier.machine();

        barrier.expires(early);

        assertThat(barrier.machine()).isSameAs(before);
    }

    // Death.

    @Test
    @Row({"BAR-15", "G04"})
    void theDeathOfOneWhoWaitsBreaksItAndIsNamed() {
        comes(ANNA);
        var ben = comes(BEN);

        barrier.departs(ANNA);

        assertThat(whyBroken(ben)).isEqualTo("The barrier is broken: process-1, one of its parties, killed.");
        assertThat(barrier.view().waiting()).isEmpty();
        assertThat(barrier.done(aborts(CLEO))).isTrue();
    }

    @Test
    @Row("G04")
    void theDeathOfTheOneThatActsBreaksIt() {
        var others = List.of(comes(ANNA), comes(BEN));
        comesToAct(CLEO);

        barrier.departs(CLEO);

        assertThat(others.stream().map(this::whyBroken)).allMatch(why -> why.contains("process-3"));
        assertThat(barrier.count("acting")).isZero();
    }

    @Test
    void theEndOfOneWhoWaitsBreaksItHoweverOrderly() {
        comes(ANNA);
        var ben = comes(BEN);

        barrier.ends(ANNA);

        assertThat(whyBroken(ben)).contains("process-1, one of its parties, returned");
    }

    @Test
    @Row("G04")
    void theDeathOfAPartyOfTheLastRoundBreaksItAsTheOthersWouldWaitInVain() {
        passes(ANNA, BEN, CLEO);
        var ben = comes(BEN);

        barrier.departs(ANNA);

        assertThat(whyBroken(ben)).contains("process-1");
        assertThat(whyBroken(comes(CLEO))).contains("process-1");
    }

    @Test
    void theOrderlyEndOfAPartyOfTheLastRoundDoesNot() {
        passes(ANNA, BEN, CLEO);
        var ben = comes(BEN);

        barrier.ends(ANNA);

        assertThat(barrier.waits(ben)).isTrue();
        comes(CLEO);
        assertThat(index(comes(DORA))).isEqualTo(2);
    }

    @Test
    void whoWasOnlyThereBeforeTheLastRoundIsNotMissed() {
        passes(ANNA, BEN, CLEO);
        passes(BEN, CLEO, DORA);

        barrier.departs(ANNA);

        assertThat(isBroken()).isFalse();
    }

    @Test
    void theDeathOfAStrangerChangesNothing() {
        var ben = comes(BEN);

        barrier.departs(DORA);

        assertThat(barrier.waits(ben)).isTrue();
        assertThat(isBroken()).isFalse();
    }

    @Test
    void afterAResetThePartiesOfBeforeAreNotMissed() {
        passes(ANNA, BEN, CLEO);
        resets(BEN);

        barrier.departs(ANNA);

        assertThat(isBroken()).isFalse();
    }

    @Test
    void aBrokenBarrierStaysBrokenForItsFirstReason() {
        comes(ANNA);
        comes(BEN);
        barrier.departs(ANNA);

        barrier.departs(BEN);

        assertThat(whyBroken(comes(CLEO))).contains("process-1");
    }
}
