package procession.core;

import static org.assertj.core.api.Assertions.assertThat;
import static procession.core.Stage.ANNA;
import static procession.core.Stage.BEN;
import static procession.core.Stage.CLEO;
import static procession.core.Stage.DORA;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import procession.Row;
import procession.core.Command.AcquireRead;
import procession.core.Command.AcquireWrite;
import procession.core.Command.ForReadWriteLock;
import procession.core.Command.ReleaseReadWrite;
import procession.core.Command.ReturnReadWrite;

class ReadWriteLockMachineTest {

    private final Stage<ReadWriteLockMachine, ForReadWriteLock> lock = Stage.of(new Spec.ReadWriteLock());

    private Ticket read(Owner owner) {
        return lock.asks(owner, new AcquireRead());
    }

    private Ticket write(Owner owner) {
        return lock.asks(owner, new AcquireWrite());
    }

    private Ticket release(Ticket granted) {
        return lock.asks(granted.owner(), new ReleaseReadWrite(lock.grant(granted).fence()));
    }

    private Ticket returns(Ticket granted) {
        return lock.asks(granted.owner(), new ReturnReadWrite(lock.grant(granted).fence()));
    }

    private boolean holds(Ticket ticket) {
        return !lock.waits(ticket) && lock.view().holds().stream().anyMatch(hold -> hold.fence() == lock.grant(ticket).fence());
    }

    // Who gets it.

    @Test
    @Row("RW-01")
    void manyRead() {
        assertThat(holds(read(ANNA))).isTrue();
        assertThat(holds(read(BEN))).isTrue();
        assertThat(lock.count("readers")).isEqualTo(2);
        assertThat(lock.count("writers")).isZero();
    }

    @Test
    @Row("RW-01")
    void oneWritesAlone() {
        var anna = write(ANNA);

        assertThat(holds(anna)).isTrue();
        assertThat(lock.waits(read(BEN))).isTrue();
        assertThat(lock.waits(write(CLEO))).isTrue();
        assertThat(lock.count("writers")).isEqualTo(1);
        assertThat(lock.count("readers")).isZero();
    }

    @Test
    @Row("RW-01")
    void aWriterWaitsForAllWhoRead() {
        var anna = read(ANNA);
        var ben = read(BEN);
        var cleo = write(CLEO);

        release(anna);
        assertThat(lock.waits(cleo)).isTrue();
        release(ben);

        assertThat(holds(cleo)).isTrue();
    }

    @Test
    @Row("RW-02")
    void aReaderDoesNotOvertakeAWriterThatWaits() {
        var anna = read(ANNA);
        var ben = write(BEN);
        var cleo = read(CLEO);
        assertThat(lock.waits(cleo)).isTrue();

        release(anna);

        assertThat(holds(ben)).isTrue();
        assertThat(lock.waits(cleo)).isTrue();
    }

    @Test
    @Row("RW-02")
    void afterAWriterAllReadersUpToTheNextWriterGetItTogether() {
        var writer = write(ANNA);
        var ben = read(BEN);
        var cleo = read(CLEO);
        var next = write(ANNA);
        var dora = read(DORA);

        release(writer);

        assertThat(holds(ben)).isTrue();
        assertThat(holds(cleo)).isTrue();
        assertThat(lock.waits(next)).isTrue();
        assertThat(lock.waits(dora)).isTrue();
    }

    @Test
    @Row("RW-02")
    void whoReadsMayGoToTheEndOfTheLineAsOftenAsItLikesTheWriterIsNext() {
        var anna = read(ANNA);
        var writer = write(BEN);
        release(anna);

        var again = read(ANNA);

        assertThat(holds(writer)).isTrue();
        assertThat(lock.waits(again)).isTrue();
    }

    @Test
    @Row("RW-07")
    void whenAWriterHasWaitedLongEnoughThoseBehindItMayRead() {
        var anna = read(ANNA);
        var writer = write(BEN);
        var cleo = read(CLEO);

        lock.expires(writer);

        assertThat(lock.timedOut(writer)).isTrue();
        assertThat(holds(anna)).isTrue();
        assertThat(holds(cleo)).isTrue();
    }

    @Test
    @Row("RW-07")
    void aTimeOutThatComesTooLateIsHarmless() {
        var anna = write(ANNA);

        lock.expires(anna);

        assertThat(holds(anna)).isTrue();
    }

    // Who gives it back.

    @Test
    @Row("RW-03")
    void everyGrantHasAFenceOfItsOwnThatRises() {
        var anna = read(ANNA);
        var again = read(ANNA);
        var writer = write(BEN);
        release(again);
        release(anna);

        assertThat(lock.grant(again).fence()).isGreaterThan(lock.grant(anna).fence());
        assertThat(lock.grant(writer).fence()).isGreaterThan(lock.grant(again).fence());
    }

    @Test
    @Row("RW-03")
    void nobodyReleasesWhatAnotherHolds() {
        var anna = read(ANNA);

        var ben = lock.asks(BEN, new ReleaseReadWrite(lock.grant(anna).fence()));

        assertThat(lock.refusal(ben)).isEqualTo(Refusals.NOT_HELD);
        assertThat(holds(anna)).isTrue();
    }

    @Test
    @Row("RW-03")
    void aGrantIsGivenBackOnce() {
        var first = write(ANNA);
        long stale = lock.grant(first).fence();
        release(first);
        var second = write(ANNA);

        assertThat(lock.refusal(lock.asks(ANNA, new ReleaseReadWrite(stale)))).isEqualTo(Refusals.NOT_HELD);
        assertThat(lock.refusal(lock.asks(ANNA, new ReturnReadWrite(stale)))).isEqualTo(Refusals.NOT_HELD);
        assertThat(holds(second)).isTrue();
    }

    // Deaths.

    @Test
    @Row("RW-04")
    void theDeathOfAReaderGivesItsShareBackAndIsNotTold() {
        read(ANNA);
        var writer = write(BEN);

        lock.departs(ANNA);

        assertThat(lock.grant(writer).abandoned()).isEmpty();
    }

    @Test
    @Row("RW-05")
    void theDeathOfAWriterIsToldToTheNextThatWritesAndThenNoMore() {
        write(ANNA);
        var next = write(BEN);
        var later = write(CLEO);

        var death = lock.departs(ANNA);
        release(next);

        assertThat(lock.grant(next).abandoned()).contains(death);
        assertThat(lock.grant(later).abandoned()).isEmpty();
    }

    @Test
    @Row("RW-05")
    void allWhoReadBeforeAWriterHasReleasedItAreTold() {
        write(ANNA);
        var first = read(BEN);
        var together = read(CLEO);

        var death = lock.departs(ANNA);
        var beside = read(DORA);
        release(first);
        release(together);
        release(beside);
        var writer = write(BEN);
        release(writer);

        assertThat(Stream.of(first, together, beside, writer).map(told -> lock.grant(told).abandoned())).containsOnly(Optional.of(death));
        assertThat(lock.grant(read(CLEO)).abandoned()).isEmpty();
    }

    @Test
    @Row("RW-05")
    void itIsToldHoweverLateSomebodyComes() {
        write(ANNA);
        var death = lock.departs(ANNA);

        assertThat(lock.grant(read(BEN)).abandoned()).contains(death);
    }

    @Test
    @Row({"RW-05", "RW-07"})
    void aWriterThatGivesItBackUnusedHasSeenToNothing() {
        write(ANNA);
        var unused = write(BEN);
        var next = read(CLEO);
        var death = lock.departs(ANNA);

        returns(unused);

        assertThat(lock.grant(next).abandoned()).contains(death);
    }

    @Test
    @Row("RW-05")
    void aWriterThatWasToldAndDiesIsItselfWhatTheNextIsToldOf() {
        write(ANNA);
        write(BEN);
        lock.departs(ANNA);

        var death = lock.departs(BEN);

        assertThat(lock.grant(read(CLEO)).abandoned()).contains(death);
    }

    @Test
    @Row("RW-04")
    void oneThatDiesInTheLineIsForgotten() {
        var anna = read(ANNA);
        write(BEN);
        var cleo = read(CLEO);

        lock.departs(BEN);

        assertThat(holds(anna)).isTrue();
        assertThat(holds(cleo)).isTrue();
        lock.everyLivingTicketIsAnswered();
    }
}
